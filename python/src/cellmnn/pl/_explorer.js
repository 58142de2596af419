/** The page in a notebook: what is chosen in it goes to Python, and a view that Python asks for goes to it. */

let isOfAPage = false // whether a page, and not Python, changes the model

function tell(model, { cells, gene, time, view }) {
  isOfAPage = true
  const rows = cells.map(({ row }) => row)
  model.set('_rows', rows.includes(null) ? [] : rows) // of cells that were opened in the page nobody knows the rows
  model.set('gene', gene)
  model.set('time', time.value)
  model.set('view', view)
  isOfAPage = false
  model.save_changes()
}

function render({ model, el }) {
  const frame = document.createElement('iframe')
  frame.title = 'cellmnn'
  frame.style.cssText = `width: 100%; height: ${model.get('_pixels')}px; border: 1px solid #ccc`
  const show = () => frame.contentWindow?.postMessage({ target: 'cellmnn', state: model.get('view') }, '*')
  const follow = () => {
    if (!isOfAPage) show()
  }
  const hear = ({ source, data }) => {
    if (source === frame.contentWindow && data?.source === 'cellmnn') tell(model, data.state)
  }
  frame.addEventListener('load', show) // also when the notebook has moved it, which loads the page anew
  addEventListener('message', hear)
  model.on('change:view', follow)
  frame.srcdoc = model.get('_srcdoc')
  el.append(frame)
  return () => {
    removeEventListener('message', hear)
    model.off('change:view', follow)
  }
}

export default { render }
