import { mount } from 'svelte'
import 'virtual:themes.css'
import 'virtual:fundamental.css'
import './styles/fonts.css'
import './styles/layout.css'
import App from './app/App.svelte'
import { followSystemTheme } from './app/theme'

followSystemTheme()
mount(App, { target: document.getElementById('app')! })
