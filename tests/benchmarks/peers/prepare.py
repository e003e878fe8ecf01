"""Makes the data that every engine gets, once for each number of passages."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import accumulate, chain, islice
from pathlib import Path

from indexer.analyse import PARTS, STOP_WORDS, WORD, Lexicon, term, words
from tests.benchmarks.peers.data import FILES, Asked, Data
from tests.benchmarks.peers.texts import HOW_TO_GET, WORDS, Cut, cut
from tests.benchmarks.queries import vocabulary

QUERIES = 500  # of each sort in a round
WARMING = 100
_OF_A_DOCUMENT = 20  # passages of made-up text
_OPENINGS = ("What is", "How does", "Why should", "When will", "Which are")


def prepared(folder: Path, texts: Path | None, passages: int, rounds: int) -> Data:
    """The data in the folder, made when it is not there yet."""
    data = Data(folder)
    if not (folder / "about").exists():
        folder.mkdir(parents=True, exist_ok=True)
        cuts = cut(texts, passages) if texts else made_up(passages)
        count, size = _write_passages(folder, cuts)
        _write_queries(data, count, rounds)
        source = str(texts) if texts else f"made-up text, its words as frequent as in prose. {HOW_TO_GET}"
        (folder / "about").write_text(json.dumps({"source": source, "passages": count, "bytes": size}))
    return data


def tokens(text: str) -> list[str]:
    """The term of each word of a text, and of each part of a compound; the compound's joined form is left out."""
    return list(chain.from_iterable(map(_TOKENS.__getitem__, WORD.findall(text))))


def _tokens(word: str) -> tuple[str, ...]:
    found = (term(word[start:end]) for start, end in PARTS[word])
    return tuple(token for token in found if token)


_TOKENS = Lexicon(_tokens)


def content(text: str) -> list[str]:
    """The tokens of the words that are not stop words, each once."""
    kept = " ".join(word for word in text.split() if word.strip("?.,;:()").lower() not in STOP_WORDS)
    return list(dict.fromkeys(token for token in tokens(kept) if token not in STOP_WORDS))


def some_words(text: str, chosen: random.Random) -> Asked | None:
    """Two to six content words of a passage."""
    held = sorted({word for word in _plain(text) if len(word) > 2 and word not in STOP_WORDS})
    return _asked(" ".join(chosen.sample(held, min(len(held), chosen.randint(2, 6)))), content, 2)


def question(text: str, chosen: random.Random) -> Asked | None:
    """A question with a stretch of a passage in it."""
    stretch = _stretch(text, chosen, chosen.randint(5, 11))
    return _asked(f"{chosen.choice(_OPENINGS)} {' '.join(stretch)}?", content, 2)


def phrase(text: str, chosen: random.Random) -> Asked | None:
    """Two or three words in a row, the first and the last no stop words."""
    stretch = _stretch(text, chosen, chosen.randint(2, 3))
    if not stretch or {stretch[0], stretch[-1]} & STOP_WORDS:
        return None
    asked = _asked(" ".join(stretch), tokens, 2)
    return asked and Asked(f'"{asked.text}"', asked.tokens)


def _asked(text: str, reading: Callable[[str], list[str]], least: int) -> Asked | None:
    found = reading(text)
    return Asked(text, found) if len(found) >= least else None


def _plain(text: str) -> list[str]:
    """The words of a text that are no compounds, in lower case."""
    return [word[0].of(text).lower() for word in words(text) if len(word) == 1]


def _stretch(text: str, chosen: random.Random, length: int) -> list[str]:
    """Words in a row, without what stands between them; none when compounds do."""
    every = words(text)
    at = chosen.randrange(max(1, len(every) - length))
    held = every[at : at + length]
    return [word[0].of(text).lower() for word in held] if all(len(word) == 1 for word in held) else []


def _write_passages(folder: Path, cuts: Iterator[Cut]) -> tuple[int, int]:
    """Write passages, tokens and documents; how many passages, and how many bytes of text."""
    count = size = 0
    with ExitStack() as stack:
        texts, held, documents = (stack.enter_context((folder / name).open("w")) for name in FILES)
        for title, passages in cuts:
            documents.write(f"{len(passages)} {' '.join(title.split())}\n")
            texts.writelines(f"{text}\n" for text in passages)
            held.writelines(f"{' '.join(tokens(text))}\n" for text in passages)
            count += len(passages)
            size += sum(len(text.encode()) for text in passages)
    return count, size


def _write_queries(data: Data, passages: int, rounds: int) -> None:
    """Write the queries of each round and of the warm-up, no passage asked about twice while there are enough."""
    chosen = random.Random(1)  # noqa: S311 - which queries is no secret
    wanted = [WARMING] + [QUERIES] * rounds
    sample = _sampled(data, passages, min(passages, 12 * sum(wanted)), chosen)
    for turn, count in enumerate(wanted, -1):
        found = [*drawn(some_words, sample, chosen, count), *drawn(question, sample, chosen, count)]
        chosen.shuffle(found)
        (data.folder / f"words.{turn}").write_text(json.dumps(found))
        (data.folder / f"phrases.{turn}").write_text(json.dumps(drawn(phrase, sample, chosen, count)))


def _sampled(data: Data, passages: int, count: int, chosen: random.Random) -> list[str]:
    wanted = set(chosen.sample(range(passages), count))
    sample = [text for at, text in enumerate(data.texts()) if at in wanted]
    chosen.shuffle(sample)
    return sample


def drawn(
    kind: Callable[[str, random.Random], Asked | None], sample: list[str], chosen: random.Random, count: int
) -> list[Asked]:
    """So many queries; the passages asked about move to the end of the sample."""
    found: list[Asked] = []
    for at in range(100 * count):
        asked = kind(sample[at % len(sample)], chosen)
        found += [asked] if asked else []
        if len(found) == count:
            sample[:] = sample[at % len(sample) + 1 :] + sample[: at % len(sample) + 1]
            return found
    raise ValueError(f"the passages hold no {count} such queries")


def made_up(passages: int) -> Iterator[Cut]:
    """Documents whose words are as frequent as in real text (Zipf's law)."""
    chosen = random.Random(0)  # noqa: S311 - which words is no secret
    listed = vocabulary()
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(listed))))
    texts = (" ".join(chosen.choices(listed, cum_weights=weights, k=WORDS)) for _ in range(passages))
    number = 0
    while held := list(islice(texts, _OF_A_DOCUMENT)):
        number += 1
        yield Cut(f"Made-up text {number}", held)
