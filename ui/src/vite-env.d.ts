/// <reference types="vite/client" />
declare module 'virtual:themes.css'
declare module 'virtual:fundamental.css'
