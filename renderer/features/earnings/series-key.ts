/** One line of earnings: a hotkey on a subnet. */
export const seriesKey = (row: { readonly netuid: number; readonly hotkey: string }): string =>
  `${row.netuid}/${row.hotkey}`
