// The only bridge between the page and the shell: a port to a host, menu commands, paths of dropped files.
import {contextBridge, ipcRenderer, webUtils} from 'electron'

// A port cannot cross the bridge by a call; it comes to the page as a message of its own window.
ipcRenderer.on('port', (event, id: number) => {
  window.postMessage({bancadaPort: id}, window.location.origin, event.ports)
})

/** Hears one channel; nothing of the event itself gets to the page. */
const hear =
  <T>(channel: string) =>
  (run: (value: T) => void) => {
    const heard = (_: unknown, value: T) => run(value)
    ipcRenderer.on(channel, heard)
    return () => void ipcRenderer.off(channel, heard)
  }

contextBridge.exposeInMainWorld('bancada', {
  platform: process.platform,
  connect: (project?: string) => ipcRenderer.invoke('connect', project),
  onGone: hear<number>('gone'),
  onCommand: hear<string>('command'),
  pathOf: (file: File) => webUtils.getPathForFile(file),
  setLanguage: (language: string) => ipcRenderer.invoke('language', language),
})
