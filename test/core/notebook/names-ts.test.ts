import {expect, test} from 'vitest'
import {readTsNames} from '../../../core/notebook/names-ts.ts'

async function read(text: string) {
  const [found] = await readTsNames([text])
  expect(found!.fault, text).toBeUndefined()
  for (const {name, start, end} of found!.names) expect(text.slice(start, end)).toBe(name)
  return found!.names
}
const free = async (text: string) =>
  (await read(text)).filter(name => !name.typeOnly).map(({name}) => name)

test('names that the text does not declare are free', async () => {
  expect(await free('adults.map(row => row.age + limit)')).toEqual(['adults', 'limit'])
  expect(await free('a.b.c; a?.b; a["b"]; a[b]; ({a: 1, [k]: v}).a')).toEqual([
    'a',
    'a',
    'a',
    'a',
    'b',
    'k',
    'v',
  ])
  expect(await free('`$' + '{x} and $' + '{y}`; tag`z`; new K(); await p; yield_; x = 5')).toEqual([
    'x',
    'y',
    'tag',
    'K',
    'p',
    'yield_',
    'x',
  ])
  expect(await free('loop: for (;;) { break loop }')).toEqual([])
  expect(await free('import.meta.url; import("x" + y)')).toEqual(['y'])
  expect(await free('const émoji = "🐧"; pingüim')).toEqual(['pingüim'])
})

test('what is declared in reach is not free, and out of reach it is', async () => {
  expect(
    await free('const a = b; let c = a; function f() { return g() } function g() {} f()'),
  ).toEqual(['b'])
  expect(await free('{ const a = 1 } a')).toEqual(['a'])
  expect(await free('{ var a = 1 } a')).toEqual([])
  expect(await free('if (x) { for (var i = 0; i < n; i++) {} } i')).toEqual(['x', 'n'])
  expect(await free('for (const a of as) { a } a')).toEqual(['as', 'a'])
  expect(await free('function f(a, b = c, ...d) { a; b; d; arguments; e } a')).toEqual([
    'c',
    'e',
    'a',
  ])
  expect(await free('const f = function self() { self() }; self')).toEqual(['self'])
  expect(await free('try { x } catch (e) { e } e')).toEqual(['x', 'e'])
  expect(await free('switch (x) { case y: let z = 1; default: z } z')).toEqual(['x', 'y', 'z'])
  expect(
    await free(
      'class A extends B { c = d; [e] = A; m(f) { return f + g } static { var h; h; i } } h',
    ),
  ).toEqual(['B', 'd', 'e', 'g', 'i', 'h'])
  expect(await free('const C = class D { m() { D } }; D')).toEqual(['D'])
  expect(await free('() => arguments')).toEqual(['arguments'])
  expect(await free('later(); const later = () => 1')).toEqual([])
  expect(await free('export const a = b; export default c; export {a as q}')).toEqual(['b', 'c'])
  expect(await free('import x, {y as z} from "m"; import * as w from "n"; x; z; w; y')).toEqual([
    'y',
  ])
  expect(await free('enum E { A = 1, B = A + c } E.A')).toEqual(['c'])
})

test('destructuring declares its names and uses its defaults and keys', async () => {
  expect(await free('const {a, b: c, d = e, [f]: g, ...h} = i; a; b; c; d; g; h')).toEqual([
    'e',
    'f',
    'i',
    'b',
  ])
  expect(await free('const [a, , b = c, ...[d]] = e; a; b; d')).toEqual(['c', 'e'])
  expect(await free('const f = ({a: {b}}, [c]) => a + b + c')).toEqual(['a'])
  expect(await free('({a, b: c.d, e = f} = g)')).toEqual(['a', 'c', 'e', 'f', 'g'])
  const names = await read('const x = {adults, b: adults}; ({y = 1} = z)')
  expect(names.map(({name, shorthand}) => [name, shorthand])).toEqual([
    ['adults', true],
    ['adults', false],
    ['y', true],
    ['z', false],
  ])
})

test('types are no values, and typeof in a type is told apart', async () => {
  expect(await free('const a: Row[] = b as Array<T>; c satisfies U; d!; <V>e; f<W>(g)')).toEqual([
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
  ])
  expect(
    await free(
      'interface A { b: C } type D<E> = E & F; import type {G} from "g"; abstract class H implements I { abstract j(): K }',
    ),
  ).toEqual([])
  expect(await free('function f(this: T, x: U): x is V { return x === y }')).toEqual(['y'])
  expect(await free('class A { constructor(private b: T = c) { b } }')).toEqual(['c'])
  expect(
    await free('declare function f(x: number): void; declare global { var z: number }'),
  ).toEqual([])
  const names = await read(
    'type Row = (typeof adults)[number]; let r: typeof a.b; declare const parts: Row[]; parts',
  )
  expect(names.map(({name, typeOnly}) => [name, typeOnly])).toEqual([
    ['adults', true],
    ['a', true],
    ['parts', true],
    ['parts', false],
  ])
  expect(await read('typeof maybe === "undefined"')).toMatchObject([
    {name: 'maybe', asked: true, typeOnly: false},
  ])
})

test('what is no TypeScript is told with its place', async () => {
  const [first, second] = await readTsNames(['const a = \n  ;', 'ok'])
  expect(first!.fault).toMatchObject({code: 'bad-document', message: 'Unexpected token', at: 13})
  expect(second!.names).toMatchObject([{name: 'ok'}])
})
