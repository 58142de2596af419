/** One demo for all tests of the page. */
import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { makeDemo, type Demo } from './demo.ts'

declare module 'vitest' {
  interface ProvidedContext {
    demo: Demo
  }
}

export default async function (project: TestProject): Promise<() => void> {
  const demo = await makeDemo()
  project.provide('demo', demo)
  return () => rmSync(demo.folder, { recursive: true })
}
