import type { MenuItemConstructorOptions } from 'electron'

/** Editing and window keys. Reload and developer tools exist in development only: in a wallet they invite "paste this". */
export function appMenu(platform: NodeJS.Platform, developing: boolean): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions = {
    label: 'Taoforge',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const development: MenuItemConstructorOptions[] = developing
    ? [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  return [
    ...(platform === 'darwin' ? [own] : []),
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...development,
      ],
    },
    {
      label: 'Window',
      submenu: [{ role: 'minimize' }, { role: 'close' }, ...(platform === 'darwin' ? [] : [{ role: 'quit' } as const])],
    },
  ]
}
