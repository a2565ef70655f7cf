// Numbers within sentences.
import type {Language} from '../schema/settings.ts'

/** Every digit of a number as the language writes it; very large and very small ones with an exponent. */
export function writer(language: Language): (n: number) => string {
  const {format} = new Intl.NumberFormat(language, {maximumFractionDigits: 20})
  const mark = language === 'en' ? '.' : ','
  return n => {
    const size = Math.abs(n)
    const plain = n === 0 || (size >= 1e-6 && size < 1e15)
    return plain ? format(n) : String(n).replace('.', mark)
  }
}
