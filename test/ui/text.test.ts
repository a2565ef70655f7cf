// The text classification as somebody meets it: from the home screen to an answer about a message that they typed.
import {expect, test} from 'vitest'
import {openPage, seriousFaultsInBoth, serve} from '../support/window.ts'

test('a project of texts is begun in Portuguese, run, and asked about a typed message', async () => {
  const server = await serve('--home')
  const {page} = await openPage(server.url, {locale: 'pt-BR'})
  await page.getByRole('button', {name: 'Novo projeto'}).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', {name: 'Nome'}).fill('Mensagens')
  await dialog.getByRole('radio', {name: 'Classificação de textos'}).check()
  await dialog.getByRole('button', {name: 'Criar'}).click()
  await page.getByRole('heading', {name: 'Spam ou não?'}).waitFor()
  await page.getByRole('button', {name: 'Executar tudo'}).click()
  await page.getByRole('button', {name: 'Parar', exact: true}).first().waitFor()
  await page.getByRole('button', {name: 'Executar tudo'}).waitFor({timeout: 200_000})
  expect(await seriousFaultsInBoth(page)).toEqual([])

  // The spam that got through can be read as it came, not as weights of its words.
  const through = page.getByRole('button', {name: /linhas de spam previstas como ham;/}).first()
  await through.click()
  const behind = page.getByRole('dialog', {name: 'Verdade spam, previsto ham'})
  await behind.getByRole('columnheader', {name: 'text', exact: true}).waitFor()
  await behind.getByText('As linhas de parts.test, como eram antes de 3 etapas').waitFor()
  expect(await behind.getByRole('columnheader').count()).toBe(4)
  await page.keyboard.press('Escape')

  await page.getByRole('button', {name: 'Modelos'}).click()
  await page.getByRole('heading', {name: 'spam-filter'}).waitFor()
  await page.getByRole('tab', {name: 'Experimentar'}).click()
  await page.getByRole('button', {name: 'Iniciar', exact: true}).click()
  const text = page.getByRole('textbox', {name: 'text'})
  const answers = page.getByRole('region', {name: 'Respostas'})
  const ask = async (message: string, expected: string) => {
    await text.fill(message)
    await page.getByRole('button', {name: 'Perguntar'}).click()
    await answers.getByRole('cell', {name: expected, exact: true}).waitFor()
  }
  await ask('URGENT! You have won a 2000 prize. Call 09061701461 now to claim, only 150ppm', 'spam')
  await ask('I am home already, will you be here for dinner?', 'ham')
  // It wants nothing but the text.
  expect(await page.getByRole('textbox').count()).toBe(1)
  await page.getByRole('button', {name: 'Parar', exact: true}).click()
}, 300_000)
