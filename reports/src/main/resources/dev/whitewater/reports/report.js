(() => {
  'use strict';
  const make = (tag, css, text) => {
    const element = document.createElement(tag);
    element.className = css;
    element.textContent = text;
    return element;
  };

  // The command: a button that copies it.
  const line = document.querySelector('.replay code');
  if (line) {
    const button = make('button', '', 'Copy');
    const says = make('span', 'quiet small', '');
    button.type = 'button';
    button.setAttribute('aria-label', 'Copy the command that runs this again');
    says.setAttribute('role', 'status');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(line.textContent);
        says.textContent = 'copied';
      } catch (refused) {
        const range = document.createRange();
        range.selectNodeContents(line);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        says.textContent = document.execCommand('copy') ? 'copied' : 'selected: press Ctrl+C';
      }
    });
    line.after(button, says);
  }

  // The pictures: a cursor that says what was going on, by pointer or by arrow keys.
  const moments = [...document.querySelectorAll('ol.story li')];
  const times = moments.map((li) => Number(li.dataset.time));
  const latest = (nanos) => {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= nanos) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const addCursor = (box) => {
    const svg = box.querySelector('svg');
    const [from, until, left, right] = (svg.dataset.time || '').split(' ').map(Number);
    if (!right || !moments.length) return;
    const bottom = svg.viewBox.baseVal.height;
    const mark = document.createElementNS(svg.namespaceURI, 'path');
    const text = document.createElementNS(svg.namespaceURI, 'text');
    const says = make('p', 'cursor-says', 'Move over the picture, or focus it and press ← → to walk '
      + 'from moment to moment, Enter to read on there.');
    mark.setAttribute('class', 'cursor-line');
    text.setAttribute('class', 'cursor-text');
    says.setAttribute('aria-live', 'polite');
    svg.append(mark, text);
    box.after(says);
    let at = -1;
    const show = (nanos, index) => {
      const x = left + (nanos - from) / (until - from) * (right - left);
      at = index;
      mark.setAttribute('d', `M${x} 20V${bottom}`);
      text.setAttribute('x', Math.min(x + 5, right - 40));
      text.setAttribute('y', bottom - 4);
      text.textContent = `${(nanos / 1e9).toFixed(4)} s`;
      const li = moments[index];
      if (!li) {
        says.textContent = 'before the first told event';
        return;
      }
      const link = make('a', '', li.id);
      link.href = `#${li.id}`;
      const words = li.querySelector('.text').firstChild.textContent.trim();
      says.replaceChildren(`${li.querySelector('.when').textContent}: ${words} `, link);
    };
    svg.addEventListener('pointermove', (event) => {
      const frame = svg.getBoundingClientRect();
      const x = (event.clientX - frame.left) / frame.width * svg.viewBox.baseVal.width;
      if (x >= left && x <= right) {
        const nanos = from + (x - left) / (right - left) * (until - from);
        show(nanos, latest(nanos));
      }
    });
    const inside = times.map((t, i) => i).filter((i) => times[i] >= from && times[i] <= until);
    box.addEventListener('keydown', (event) => {
      if (event.target !== box || !inside.length) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const place = inside.indexOf(at);
      let next = -1;
      if (step) next = Math.min(Math.max(place + step, 0), inside.length - 1);
      else if (event.key === 'Home') next = 0;
      else if (event.key === 'End') next = inside.length - 1;
      else if (event.key === 'Enter' && moments[at]) location.hash = moments[at].id;
      if (next >= 0) {
        event.preventDefault();
        show(times[inside[next]], inside[next]);
      }
    });
  };
  document.querySelectorAll('.scroll').forEach(addCursor);

  // The lists: a filter by words.
  const addFilter = (id, rows) => {
    if (rows.length < 12) return;
    const section = document.getElementById(id);
    const box = make('div', 'filter', '');
    const label = make('label', '', 'Only lines with ');
    const input = make('input', '', '');
    const says = make('span', 'quiet small', '');
    const texts = rows.map((row) => row.textContent.toLowerCase());
    input.type = 'search';
    input.placeholder = 'words, such as n2 leader';
    says.setAttribute('role', 'status');
    label.append(input);
    box.append(label, says);
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      says.textContent = words.length ? `${shown} of ${rows.length}` : '';
    });
    section.querySelector('p').after(box);
    addEventListener('hashchange', () => {
      const target = document.getElementById(location.hash.slice(1));
      if (target && target.hidden && rows.includes(target)) {
        input.value = '';
        input.dispatchEvent(new Event('input'));
        target.scrollIntoView();
      }
    });
  };
  addFilter('story', moments);
  addFilter('operations', [...document.querySelectorAll('#operations tbody tr')]);
})();
