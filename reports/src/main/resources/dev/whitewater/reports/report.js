(() => {
  'use strict';
  const line = document.querySelector('.replay code');
  if (!line) return;
  const button = document.createElement('button');
  const says = document.createElement('span');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy the command that runs this again');
  says.className = 'quiet small';
  says.setAttribute('role', 'status');
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(line.textContent);
      says.textContent = 'copied';
    } catch (refused) {
      select();
      says.textContent = document.execCommand('copy') ? 'copied' : 'selected: press Ctrl+C';
    }
  });
  line.after(button, says);
})();
