// The command line's end of the contract: a host in this same process, behind a wire like any other.
import {resolve} from 'node:path'
import {type Client, connect} from '../connect.ts'
import {AppError, didYouMean} from '../error.ts'
import {openHost} from '../host.ts'
import {serve} from '../rpc.ts'
import {wirePair} from '../wire/pair.ts'
import {says} from '../words/says.ts'
import {type Given, text} from './args.ts'

/** A client of the project that `--project`, or the working folder, lies in. */
export async function openClient(given: Given): Promise<Client> {
  return clientOf(resolve(text(given, 'project') ?? '.'))
}

export async function clientOf(folder: string): Promise<Client> {
  const [mine, theirs] = wirePair()
  serve(theirs, await openHost(folder))
  return connect(mine)
}

/** The document that was named, or the only one of the project. */
export async function documentOf(client: Client, name: string | undefined): Promise<string> {
  const {documents, folder} = await client.call('project.info', {})
  if (name === undefined) {
    if (documents.length === 1) return documents[0]!
    throw new AppError(
      'bad-request',
      documents.length === 0 ? says`${folder} has no document` : says`which document?`,
      {
        hint:
          documents.length === 0
            ? says`put one into its notebooks folder`
            : says`one of ${documents.join(', ')}`,
      },
    )
  }
  const found = documents.find(d =>
    [d, d.replace(/^notebooks\//, ''), d.replace(/^notebooks\/|\.md$/g, '')].includes(
      name.replace(/^\.\//, ''),
    ),
  )
  if (found) return found
  throw new AppError('missing-file', says`no document "${name}"`, {
    hint:
      didYouMean(name, documents) ??
      (documents.length > 0 ? says`there are ${documents.join(', ')}` : undefined),
  })
}
