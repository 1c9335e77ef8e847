#!/usr/bin/env python3
"""pack.py pack GOLD_DIR PAPERS_DIR OUT_DIR      excerpts of a gold -> [start, end] in the normalised paper
pack.py unpack PACKED_DIR PAPERS_DIR OUT_DIR  the way back, for score.py

Offsets count characters of norm(paper). A string not found in the paper stays a string; one whose parts are
joined by " / " is kept as {"join": [parts]}. norm_sha256 ties a packed file to the text it was made from."""
import glob, hashlib, json, os, re, sys, unicodedata

HEADER = ('number_raw', 'issuer', 'place', 'title', 'legal_bases', 'legal_bases_optional', 'legal_bases_named',
          'addressees', 'recipients')
NEAR = ('heading', 'lead', 'lead_expanded', 'coordinating', 'coordinating_expanded', 'deadline_text')


def norm(text):
    text = unicodedata.normalize('NFC', text)
    text = re.sub(r'Ký bởi: CÔNG BÁO[^\n]*\n(?:(?:Cơ quan|Ngày ký):[^\n]*\n?)*', ' ', text)
    text = re.sub(r'CÔNG BÁO/Số [^\n]*(?:\n\s*\d+[ \t]*(?=\n|$))?', ' ', text)
    return re.sub(r'\s+', ' ', re.sub(r'[*|]|_{3,}', ' ', text)).strip()


def fold(s):
    return ''.join(c.lower() if len(c.lower()) == 1 else c for c in s)


def starts(hay, s):
    return [m.start() for m in re.finditer(re.escape(s), hay)] if s else []


class Paper:
    def __init__(self, path):
        self.text = norm(open(path, encoding='utf8').read())
        self.folded = fold(self.text)
        self.sha = hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def find(self, s):
        return starts(self.text, s) or starts(self.folded, fold(s))

    def ref(self, x, near=0):
        """The occurrence nearest to `near`; one in the same case comes before one in another."""
        if not isinstance(x, str):
            return [self.ref(s, near) for s in x] if isinstance(x, list) else x
        if at := self.find(x):
            i = min(at, key=lambda p: abs(p - near))
            return [i, i + len(x)]
        return {'join': [self.ref(s, near) for s in x.split(' / ')]} if ' / ' in x else x


def pack(g, paper):
    out = {k: paper.ref(v) if k in HEADER else v for k, v in g.items() if k != 'tasks'}
    out['signer'] = {k: paper.ref(v, len(paper.text)) for k, v in (g.get('signer') or {}).items()}
    out['norm_sha256'], out['tasks'], before = paper.sha, [], {}
    for t in reversed(g['tasks']):  # from the last: the last occurrence before the task that follows in its class
        at = paper.find(t['text_start'])
        at = max([i for i in at if i < before.get(t['class'], len(paper.text))] or at or [0])
        before[t['class']] = at
        p = {k: paper.ref(v, at) if k in NEAR + ('text_start',) else v for k, v in t.items()}
        if 'deadlines_more' in t:
            p['deadlines_more'] = [dict(d, text=paper.ref(d['text'], at)) for d in t['deadlines_more']]
        out['tasks'].insert(0, p)
    return out


def unpack(x, paper):
    if isinstance(x, dict):
        return ' / '.join(unpack(x['join'], paper)) if 'join' in x else {k: unpack(v, paper) for k, v in x.items()}
    if isinstance(x, list):
        is_ref = len(x) == 2 and all(isinstance(v, int) for v in x)
        return paper.text[x[0]:x[1]] if is_ref else [unpack(v, paper) for v in x]
    return x


def main(mode, src, papers, dst):
    os.makedirs(dst, exist_ok=True)
    for f in sorted(glob.glob(os.path.join(src, '*.json'))):
        g = json.load(open(f, encoding='utf8'))
        paper = Paper(os.path.join(papers, os.path.basename(g['file'])))
        if mode == 'unpack' and g.pop('norm_sha256') != paper.sha:
            sys.exit(f'{f}: the paper has changed since it was packed')
        g = pack(g, paper) if mode == 'pack' else unpack(g, paper)
        line = lambda v: json.dumps(v, ensure_ascii=False, separators=(',', ':'))
        tasks = ',\n'.join(line(t) for t in g.pop('tasks'))
        with open(os.path.join(dst, os.path.basename(f)), 'w', encoding='utf8') as o:
            o.write(f'{line(g)[:-1]},"tasks":[\n{tasks}\n]}}\n')


if __name__ == '__main__':
    if len(sys.argv) != 5 or sys.argv[1] not in ('pack', 'unpack'):
        sys.exit(__doc__)
    main(*sys.argv[1:])
