export interface Seeds {
  readonly pcap: readonly Buffer[]
}
export function loadSeeds(): Seeds
