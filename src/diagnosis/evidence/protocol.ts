import type { FlowView } from '../../flow/flow-view.ts'
import { Speech } from '../../flow/speech.ts'

export const speaksHttp = (flow: FlowView): boolean =>
  flow.speech(flow.client) === Speech.HTTP_REQUEST && flow.speech(flow.server) === Speech.HTTP_RESPONSE

export const speaksHttp2 = (flow: FlowView): boolean => flow.speech(flow.client) === Speech.HTTP2

/** Greetings of protocols in which the two ends take turns: what the client says next is answered. */
const DIALOGUES: readonly Speech[] = [Speech.SSH, Speech.REPLY_CODE, Speech.MYSQL_GREETING]

/** The server opened with such a greeting. */
export const opensDialogue = (flow: FlowView): boolean => DIALOGUES.includes(flow.speech(flow.server))
