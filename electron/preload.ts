// The only bridge between the page and the shell: a port to a host, menu commands, paths of dropped files.
import {contextBridge, ipcRenderer, webUtils} from 'electron'

// A port cannot cross the bridge by a call; it comes to the page as a message of its own window.
ipcRenderer.on('port', (event, id: number) => {
  window.postMessage({bancadaPort: id}, window.location.origin, event.ports)
})

contextBridge.exposeInMainWorld('bancada', {
  platform: process.platform,
  connect: (project?: string) => ipcRenderer.invoke('connect', project),
  pathOf: (file: File) => webUtils.getPathForFile(file),
  setLanguage: (language: string) => ipcRenderer.invoke('language', language),
  onCommand: (run: (id: string) => void) => {
    const heard = (_: unknown, id: string) => run(id)
    ipcRenderer.on('command', heard)
    return () => ipcRenderer.off('command', heard)
  },
})
