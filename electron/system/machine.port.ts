/** What is asked of this computer before a miner is begun. */
export interface MachinePort {
  /** Free bytes of the disk under a folder, which need not exist yet; `undefined`: unknown. */
  freeBytes(folder: string): Promise<number | undefined>
  /** Whether a server could listen there now. Listens for a moment to find out. */
  isPortFree(port: number, host: string): Promise<boolean>
}
