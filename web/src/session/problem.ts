import { signal } from '@preact/signals'

/** A sentence for the user. */
export const problem = signal<string | null>(null)

export const message = (error: unknown): string => (error instanceof Error ? error.message : String(error))
