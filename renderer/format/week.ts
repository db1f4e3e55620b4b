/** Monday first; the numbers are those of JavaScript. */
export const WEEK = [
  { day: 1, short: 'Mo', name: 'Monday' },
  { day: 2, short: 'Tu', name: 'Tuesday' },
  { day: 3, short: 'We', name: 'Wednesday' },
  { day: 4, short: 'Th', name: 'Thursday' },
  { day: 5, short: 'Fr', name: 'Friday' },
  { day: 6, short: 'Sa', name: 'Saturday' },
  { day: 0, short: 'Su', name: 'Sunday' },
] as const

const two = (number: number): string => String(number).padStart(2, '0')
export const minuteText = (minute: number): string => `${two(Math.trunc(minute / 60))}:${two(minute % 60)}`

/** `7`, `7:30`, `07.30`, `0730`: minutes of the day; `undefined` where it is no time. 24:00 is midnight, as 00:00. */
export function readMinute(text: string): number | undefined {
  const found = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim())
  if (!found) return undefined
  const hour = Number(found[1])
  const minute = Number(found[2] ?? 0)
  if (hour === 24 && minute === 0) return 0
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined
}
