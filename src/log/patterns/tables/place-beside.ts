import { words } from '../../wording.ts'

/** Near by stands who came: an address with its port, or a descriptor. Without, the words may be of a connection to anywhere. */
export const ADDRESS = String.raw`.{0,60}?(?:\d:\d{2,5}\b|\]:\d{2,5}\b|\bfd[ \t=:]|\d\.\d{1,3}\.\d)`

/** The port that is listened on, in the words of languages that write it with Latin letters, or an address with it. */
export const ON_PORT = words`(?:.{0,20}\b(?:port|puerto|porta|portu|porcie|poort) *:? *(?<port>\d{2,5})(?!\w)|(?=.{0,40}:\d{2,5}\b))`
