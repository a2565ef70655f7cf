import {expect, test} from 'vitest'
import {AppError, didYouMean, fromFault, toFault} from '../../core/error.ts'
import {says, verbatim} from '../../core/words/says.ts'

test('an error crosses a wire with its code, hint and place', () => {
  const error = new AppError('no-column', says`no column named "${'agee'}"`, {
    hint: verbatim('did you mean "age"?'),
    where: 'adults',
  })
  expect(toFault(fromFault(JSON.parse(JSON.stringify(toFault(error)))))).toEqual(toFault(error))
})

test('the nearest name is offered, and none when nothing is near', () => {
  expect(String(didYouMean('agee', ['age', 'sex']))).toBe('did you mean "age"?')
  expect(String(didYouMean('tiem', ['time', 'item']))).toBe('did you mean "time"?')
  expect(didYouMean('zzz', ['age', 'sex'])).toBeUndefined()
})

test('a full disk and a read-only folder have codes of their own', () => {
  expect(toFault(Object.assign(new Error('write'), {code: 'ENOSPC'})).code).toBe('no-space')
  expect(toFault(Object.assign(new Error('open'), {code: 'EROFS'})).code).toBe('read-only')
})
