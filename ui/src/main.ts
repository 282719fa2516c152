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
// First: what the core answers is in the language of the window.
await coreLanguage.tell()
// The first picture is the right one: a frame that is painted without it costs more time than the question.
await session.refresh()
mount(App, { target: document.getElementById('app')! })
