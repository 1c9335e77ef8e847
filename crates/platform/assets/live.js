// While figures are typed: computed cells and messages, by the rules that the server has too (rules.js).
(() => {
const form = document.querySelector('form[data-rules]'), told = JSON.parse(form.dataset.rules), rules = lantoaRules;
const CHOICE = { 'khong-phat-sinh': 'none', 'khong-duoc-giao': 'unassigned' };
const field = (part, cell) => form.elements[`${part}.${cell.key}`];

function look() {
	const typed = {}, errors = {};
	for (const cell of told.form.cells) {
		const input = field('c', cell);
		if (!input) continue;
		const { value, error } = rules.read(cell, input.value, CHOICE[field('k', cell)?.value]);
		errors[cell.key] = error ?? rules.wrong(cell, value, told.auto[cell.key], field('r', cell)?.value || told.reasons[cell.key] || '');
		if (value !== undefined) typed[cell.key] = value;
	}
	const values = rules.compute(told.form, typed, told), found = rules.findings(told.form, values, told);
	for (const cell of told.form.cells) {
		const box = form.querySelector(`[data-cell="${cell.key}"]`), error = errors[cell.key], input = field('c', cell), output = box.querySelector('output');
		if (output) output.textContent = wordsOf(cell, values[cell.key], output);
		if (input) {
			if (error) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
			input.toggleAttribute('data-live', !!error);
		}
		const said = error ? [error] : found.filter(one => one.cells[0] == cell.key).map(one => one.message);
		const list = box.querySelector('[data-messages]'), lines = said.map(text => line(text, error ? 'ds-validation-message' : 't-soon'));
		if (list.textContent != said.join('')) list.replaceChildren(...lines);
	}
}

const wordsOf = (cell, value, output) => typeof value == 'number' ? rules.shown(cell.kind, value) : output.dataset[value] ?? '–';
const line = (text, name) => Object.assign(document.createElement('p'), { textContent: text, className: name });

form.addEventListener('input', look);
})();
