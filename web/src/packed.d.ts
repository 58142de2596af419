declare module '*?packed' {
  /** Base64 of the gzip of a file. */
  const text: string
  export default text
}
