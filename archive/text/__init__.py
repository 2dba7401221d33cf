"""Texts: what a reader sees (plain), what is compared (folded), its atoms, and phrases that find one in another."""

from archive.text.atoms import atoms, is_single
from archive.text.folding import Folded, fold, folded
from archive.text.phrases import Phrase, inside, phrase, same_name
from archive.text.plain import plain

__all__ = ["Folded", "Phrase", "atoms", "fold", "folded", "inside", "is_single", "phrase", "plain", "same_name"]
