// What a dialogue does once its button is pressed: busy until it is done, and what went wrong told in its place.
import {useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'

/** `act` runs to an end that closes the dialogue; when it fails, the dialogue stays and has the fault. */
export function useAct() {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      setFault(toFault(error))
      setBusy(false)
    }
  }
  return {busy, fault, act}
}
