import { mount } from 'svelte'
import 'virtual:themes.css'
import 'virtual:fundamental.css'
import './styles/fonts.css'
import './styles/layout.css'
import App from './App.svelte'
import { coreLanguage } from './app/core_language.svelte'
import { session } from './app/session.svelte'
import { followSystemTheme } from './app/theme'

followSystemTheme()
// First: the core answers in the language of the window.
await coreLanguage.tell()
// The first frame has to be the right one: painting one without it costs more time than the question.
await session.refresh()
mount(App, { target: document.getElementById('app')! })
