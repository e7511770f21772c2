import './element.css'
import './theme.css'
import './frame.css'
import './lists.css'

import { createApp } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'

import App from './App.vue'
import { routes } from './rooms'

// Element Plus has its dark palette under a class; whether it is dark is the system's choice.
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark', dark.matches)
dark.addEventListener('change', follow)
follow()

// The desk lives at one address of the server, so its rooms are told apart behind the hash.
const router = createRouter({ history: createWebHashHistory(), routes })
createApp(App).use(router).mount('#app')
