// Names of models: they become folders here, and endpoints elsewhere.
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'

// Windows cannot have folders of these names.
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** Throws `bad-params` for a name that some system cannot have, `duplicate-name` for one that differs in case alone. */
export function checkModelName(name: string, known: readonly string[]): void {
  if (!/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(name) || reserved.test(name))
    throw new AppError('bad-params', says`"${name}" is no name for a model`, {
      hint: says`use up to 63 letters, digits, dots, dashes and underscores, such as penguin-species`,
      where: 'name',
    })
  const twin = known.find(k => k !== name && k.toLowerCase() === name.toLowerCase())
  if (twin !== undefined)
    throw new AppError('duplicate-name', says`there is a model "${twin}" already`, {
      hint: says`names that differ in upper and lower case alone are one folder on many systems`,
      where: 'name',
    })
}
