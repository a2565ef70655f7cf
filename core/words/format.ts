// Numbers, dates, sizes and times as a language writes them.
import type {Language} from '../schema/settings.ts'

export type Formats = ReturnType<typeof formatsOf>

export function formatsOf(language: Language) {
  const whole = new Intl.NumberFormat(language, {maximumFractionDigits: 0})
  const some = new Intl.NumberFormat(language, {maximumSignificantDigits: 4})
  const tiny = new Intl.NumberFormat(language, {
    notation: 'scientific',
    maximumSignificantDigits: 4,
  })
  const percent = new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 1})
  const date = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'})
  const day = new Intl.DateTimeFormat(language, {dateStyle: 'medium'})
  const time = new Intl.DateTimeFormat(language, {timeStyle: 'medium', hourCycle: 'h23'})
  const unit = (name: string, digits = 1, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: digits,
    })
  const sizes = [
    // Its short form has no plural.
    unit('byte', 0, 'long'),
    ...['kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map(name => unit(name)),
  ]
  const [ms, second, minute, hour] = [
    unit('millisecond', 0),
    unit('second'),
    unit('minute', 0),
    unit('hour', 0),
  ] as const
  return {
    /** 1,234 */
    whole: (n: number) => whole.format(n),
    /** Four significant digits; scientific where it is very large or small; `NaN`, `∞`. */
    figure: (n: number) => {
      // A cell's result is kept as JSON, where they are null.
      if (typeof n !== 'number') return 'NaN/∞'
      const size = Math.abs(n)
      if (Number.isInteger(n) && size < 1e9) return whole.format(n)
      return n !== 0 && (size < 1e-4 || size >= 1e9) ? tiny.format(n) : some.format(n)
    },
    percent: (n: number) => percent.format(n),
    date: (iso: string) => date.format(new Date(iso)),
    /** 14:05:09, by the clock of this place. */
    time: (iso: string) => time.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    bytes: (n: number) => {
      const step = n < 1 ? 0 : Math.min(4, Math.floor(Math.log10(n) / 3))
      return sizes[step]!.format(n / 1000 ** step)
    },
    /** Of milliseconds. */
    duration: (n: number) => {
      if (n < 1000) return ms.format(n)
      if (n < 60_000) return second.format(n / 1000)
      const minutes = Math.floor(n / 60_000)
      if (minutes < 60)
        return `${minute.format(minutes)} ${second.format(Math.round((n % 60_000) / 1000))}`
      return `${hour.format(Math.floor(minutes / 60))} ${minute.format(minutes % 60)}`
    },
  }
}
