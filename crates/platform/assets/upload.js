// Files in pieces (tus 1.0.0): goes on by itself when the line comes back, also after the page was opened again.
'use strict';

const PIECE = 8 * 1024 * 1024;
const TUS = { 'Tus-Resumable': '1.0.0' };

document.querySelectorAll('[data-tus]').forEach((place) => {
  const file = place.querySelector('input[type=file]');
  const kept = place.querySelector('input[name=tai_len]');
  const say = place.querySelector('[data-say]');
  const bar = place.querySelector('progress');
  const button = place.closest('form').querySelector('button:not([formaction])');
  let turn = 0;

  const wait = (seconds) =>
    new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      addEventListener('online', () => (clearTimeout(timer), done()), { once: true });
    });
  const title = (name) => btoa(String.fromCharCode(...new TextEncoder().encode(name)));
  const mark = (chosen) => `tus:${chosen.name}:${chosen.size}:${chosen.lastModified}`;

  function send(address, piece, offset, total) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('PATCH', address);
      Object.entries({ ...TUS, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' }).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.upload.onprogress = (event) => (bar.value = (offset + event.loaded) / total);
      request.onloadend = () => done(request);
      request.send(piece);
    });
  }

  // Where an upload that was begun before stands; undefined when it is gone, null when the line is down.
  async function standing(address) {
    try {
      const answer = await fetch(address, { method: 'HEAD', headers: TUS });
      return answer.ok ? Number(answer.headers.get('Upload-Offset')) : undefined;
    } catch {
      return null;
    }
  }

  async function begin(chosen) {
    try {
      const answer = await fetch(place.dataset.tus, { method: 'POST', headers: { ...TUS, 'Upload-Length': chosen.size, 'Upload-Metadata': `filename ${title(chosen.name)}` } });
      return answer.ok ? { address: answer.headers.get('Location') } : { wrong: await answer.text() };
    } catch {
      return {};
    }
  }

  async function upload(chosen, mine) {
    let address = localStorage.getItem(mark(chosen));
    let pause = 1;
    const over = () => mine !== turn;
    const broken = async () => {
      say.textContent = place.dataset.broken;
      await wait(pause);
      pause = Math.min(pause * 2, 30);
    };
    while (!over()) {
      const offset = address ? await standing(address) : undefined;
      if (over()) return;
      if (offset === null) {
        await broken();
        continue;
      }
      if (offset === undefined) {
        const begun = await begin(chosen);
        if (begun.wrong !== undefined) return refuse(begun.wrong);
        if (!begun.address) {
          await broken();
          continue;
        }
        address = begun.address;
        localStorage.setItem(mark(chosen), address);
        continue;
      }
      if (offset >= chosen.size) {
        localStorage.removeItem(mark(chosen));
        kept.value = address.split('/').pop();
        file.disabled = true;
        bar.value = 1;
        say.textContent = `${place.dataset.done}: ${chosen.name}`;
        button.disabled = false;
        return;
      }
      say.textContent = `${place.dataset.sending}: ${chosen.name}`;
      const answer = await send(address, chosen.slice(offset, offset + PIECE), offset, chosen.size);
      if (answer.status === 204) pause = 1;
      else if (answer.status === 422) {
        localStorage.removeItem(mark(chosen));
        return refuse(answer.responseText);
      } else await broken();
    }
  }

  function refuse(words) {
    say.textContent = words;
    bar.hidden = true;
    file.value = '';
    button.disabled = false;
  }

  file.addEventListener('change', () => {
    const chosen = file.files[0];
    kept.value = '';
    if (!chosen) return;
    bar.hidden = false;
    bar.value = 0;
    if (chosen.size > Number(place.dataset.most) * 1024 * 1024) return refuse(place.dataset.large);
    button.disabled = true;
    turn += 1;
    upload(chosen, turn);
  });
});
