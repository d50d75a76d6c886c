/** packets and flows in total; payload of a push; how flows' packets follow each other; what the flows do. */
export interface Shape {
  readonly packets: number
  readonly flows: number
  readonly payload: number
  readonly kind: 'mixed' | 'scan'
  readonly isIpv6?: boolean
}

export const SHAPES: Readonly<Record<string, Shape>>

/** Writes the capture of a shape to `path`. */
export function generate(shape: Shape, path: string): void

/** mulberry32 */
export function random(seed: number): () => number
