// How the axes of a chart write numbers and dates, as Vega wants to know it.
import type {Language} from '../schema/settings.ts'

/** Vega's `locale`: d3-format's and d3-time-format's definitions, from what the platform knows of the language. */
export function chartLocale(language: Language) {
  const sample = new Intl.NumberFormat(language).formatToParts(-1234567.8)
  const mark = (type: Intl.NumberFormatPartTypes) => sample.find(part => part.type === type)!.value
  const names = (options: Intl.DateTimeFormatOptions, dates: readonly number[]) =>
    dates.map(new Intl.DateTimeFormat(language, {...options, timeZone: 'UTC'}).format)
  return {
    number: {
      decimal: mark('decimal'),
      thousands: mark('group'),
      grouping: [3],
      currency: ['', ''] as [string, string],
    },
    time: {
      dateTime: '%x %X',
      date: language === 'en' ? '%m/%d/%Y' : '%d/%m/%Y',
      time: '%H:%M:%S',
      periods: ['AM', 'PM'],
      days: names({weekday: 'long'}, week),
      shortDays: names({weekday: 'short'}, week),
      months: names({month: 'long'}, year),
      shortMonths: names({month: 'short'}, year),
    },
  }
}

// 1 January 2023 was a Sunday.
const week = Array.from({length: 7}, (_, i) => Date.UTC(2023, 0, 1 + i))
const year = Array.from({length: 12}, (_, i) => Date.UTC(2023, i))
