export interface Place {
  readonly name: string
  readonly lat: number
  readonly lon: number
}
