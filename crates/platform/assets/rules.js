// Rules and formulas of a form, as the server walks them (crates/work/src/reporting/model): the same values, the same words.
// A value is a number, 'none' ("không phát sinh"), 'unassigned' ("không được giao"), any other text, or undefined where there is none.
// A truth is true, false, or null for unknown. browser/specs/rules.spec.js compares both sides on thousands of random forms.
globalThis.lantoaRules = (() => {
const MOST = 2 ** 53;
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g'), SPACES = new RegExp(SPACE, 'g');
const trim = text => text.replace(EDGES, '');
const at = (values, key) => values && Object.hasOwn(values, key) ? values[key] : undefined;
const finite = number => Number.isFinite(number) ? number : undefined;
const round = number => Math.sign(number) * Math.round(Math.abs(number));
const isWords = value => typeof value == 'string' && value != 'none' && value != 'unassigned';

// What a value is to a formula; words are only ever asked whether they are there.
const quantity = value => typeof value == 'number' ? finite(value) : !isWords(value) ? value : trim(value) ? 1 : undefined;
// For comparisons and factors: "none" counts as 0.
const number = value => value == 'none' ? 0 : typeof value == 'number' ? value : undefined;
const asQuantity = found => typeof found == 'boolean' || found === null ? undefined : found;
const asTruth = found => typeof found == 'boolean' ? found : null;

const COMPARE = {
	'=': (a, b) => a === b, '!=': (a, b) => a !== b,
	'<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b,
};

function walk(tree, see) {
	if (!Array.isArray(tree)) return finite(tree);
	const [op, left, right] = tree;
	const of = side => asQuantity(walk(side, see)), truth = side => asTruth(walk(side, see));
	switch (op) {
		case 'cell': return quantity(at(see.values, left));
		case 'prev': return quantity(at(see.prev, left));
		case 'other': return quantity(at(at(see.others, left), right));
		case 'blank': return of(left) === undefined;
		case 'none': case 'unassigned': return of(left) === op;
		case 'neg': { const found = of(left); return typeof found == 'number' ? finite(-found) : found; }
		case 'not': { const found = truth(left); return found === null ? null : !found; }
		case 'and': case 'or': {
			const one = truth(left), two = truth(right), wins = op == 'or';
			return one === wins || two === wins ? wins : one === null || two === null ? null : !wins;
		}
		case '+': case '-': return sum(op, of(left), of(right));
		case '*': case '/': return product(op, of(left), of(right));
	}
	const one = number(of(left)), two = number(of(right));
	return one === undefined || two === undefined ? null : COMPARE[op](one, two);
}

function sum(op, left, right) {
	if (left === undefined || right === undefined) return undefined;
	if (typeof left == 'string' && typeof right == 'string') return left == right ? left : 'none';
	const one = number(left) ?? 0, two = number(right) ?? 0;
	return finite(op == '+' ? one + two : one - two);
}

function product(op, left, right) {
	if (left === undefined || right === undefined) return undefined;
	if (left == 'unassigned' || right == 'unassigned') return 'unassigned';
	const one = number(left), two = number(right);
	return finite(op == '*' ? one * two : one / two);
}

// Missing without a denominator; "không phát sinh" below the line gives "không phát sinh".
function ratio(above, below, scale) {
	if (above === undefined || below === undefined) return undefined;
	if (above == 'unassigned' || below == 'unassigned') return 'unassigned';
	return below == 'none' ? below : finite(number(above) / below * scale);
}

const computed = cell => 'formula' in cell || 'ratio' in cell;

// The values with every computed cell filled in; what was typed into a computed cell is dropped.
function compute(form, typed, beside) {
	const values = {}, see = { values, prev: beside.prev, others: beside.others };
	for (const cell of form.cells) if (!computed(cell) && at(typed, cell.key) !== undefined) values[cell.key] = typed[cell.key];
	for (const { key, formula, ratio: parts } of form.order.map(place => form.cells[place])) {
		const cell = name => quantity(at(values, name));
		const found = formula !== undefined ? asQuantity(walk(formula, see)) : ratio(cell(parts[0]), cell(parts[1]), parts[2]);
		if (found !== undefined) values[key] = found;
	}
	return values;
}

// What is wrong with a value in a cell of this kind.
function fault(kind, value) {
	if (kind == 'text') {
		if (typeof value == 'number') return 'Mục này là lời văn, không phải số.';
		return isWords(value) && [...value].length > 20000 ? 'Lời văn dài quá 20.000 ký tự.' : undefined;
	}
	if (isWords(value)) return 'Ô này là số, không nhận lời văn.';
	if (typeof value != 'number') return undefined;
	if (!Number.isFinite(value) || Math.abs(value) > MOST) return 'Số quá lớn.';
	if ((kind == 'count' || kind == 'money') && (value % 1 != 0 || value < 0)) return 'Ô này là số nguyên, không âm.';
	return kind == 'number' && round(value * 1000) / 1000 != value ? 'Nhiều nhất ba chữ số sau dấu phẩy.' : undefined;
}

function unfit(cell, value) {
	if (value !== undefined) return fault(cell.kind, value);
	if (!cell.required || computed(cell)) return undefined;
	return cell.kind == 'text' ? 'Mục này chưa có nội dung.' : 'Chưa có số liệu: điền số, “không phát sinh” hoặc “không được giao”.';
}

// Everything to be said about computed values.
function findings(form, values, beside) {
	const out = [], see = { values, prev: beside.prev, others: beside.others };
	for (const cell of form.cells) {
		const message = unfit(cell, at(values, cell.key));
		if (message) out.push({ severity: 'error', message, cells: [cell.key] });
	}
	for (const { expr, severity, message, cells } of form.checks) if (walk(expr, see) === false) out.push({ severity, message, cells });
	return out;
}

// Must a reason be given for what a person put into a cell?
function overrides(cell, value, auto) {
	if (!cell.auto) return false;
	if (auto !== undefined && auto !== 0) return value !== auto;
	return typeof value == 'number' && value !== 0;
}

// Why a value cannot be kept.
function wrong(cell, value, auto, reason) {
	const message = value === undefined ? undefined : fault(cell.kind, value);
	const said = message ?? (overrides(cell, value, auto) && !trim(reason) ? 'số khác với số liệu tự điền; hãy nêu lý do.' : undefined);
	return said && `${cell.label}: ${said}`;
}

// A number as people write it; undefined when it is none. Dots group by three, a comma begins the decimals.
function parse(text) {
	text = text.replace(SPACES, '');
	const minus = text[0] == '-', rest = minus ? text.slice(1) : text, comma = rest.indexOf(',');
	const whole = comma < 0 ? rest : rest.slice(0, comma), decimals = comma < 0 ? '' : rest.slice(comma + 1), groups = whole.split('.');
	const grouped = groups.every((group, n) => /^[0-9]+$/.test(group) && (groups.length == 1 || (n ? group.length == 3 : group.length <= 3)));
	if (!grouped || !/^[0-9]*$/.test(decimals) || comma >= 0 && !decimals || rest.length > 24) return undefined;
	return (minus ? -1 : 1) * Number(`${groups.join('')}.${decimals}0`);
}

// What was typed into a field with its kind of answer: { value } or { error }.
function read(cell, typed, choice) {
	typed = trim(typed);
	if (cell.kind == 'text') return { value: typed ? typed.replaceAll('\r\n', '\n') : undefined };
	if (choice == 'none' || choice == 'unassigned') return { value: choice };
	if (!typed) return { value: undefined };
	const value = parse(typed);
	return value === undefined ? { error: `${cell.label}: “${typed}” không phải là số; viết 1.234 hoặc 1.234,5.` } : { value };
}

const dots = digits => digits.replace(/\B(?=(\d{3})+$)/g, '.');

// A number as shown: 1.234,5; at most three decimals, halves to the even digit.
function display(number) {
	const minus = number < 0, size = Math.abs(number), sign = minus && size ? '-' : '';
	if (size % 1 == 0 && size <= MOST) return sign + dots(String(size));
	let text = size < 1e21 ? size.toFixed(3) : '0.000';
	if (size * 16 % 2 == 1 && size < MOST) {
		const below = BigInt(size * 16) * 625n / 10n, even = below + below % 2n;
		text = `${even / 1000n}.${String(even % 1000n).padStart(3, '0')}`;
	}
	let [whole, decimals] = text.split('.');
	if (BigInt(whole) > 9223372036854775807n) whole = '0';
	decimals = decimals.replace(/0+$/, '');
	return (minus ? '-' : '') + dots(whole) + (decimals && ',' + decimals);
}

// The same in a cell of this kind.
const shown = (kind, value) => display(kind == 'ratio' ? round(value * 10) / 10 : value);

return { computed, compute, display, fault, findings, overrides, parse, read, shown, wrong };
})();
