"""Any sentence-transformers model, by the name it has on the model hub or by its folder on disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.base import Embedder, EmbedderError, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

#: How long the model hub may take to say whether it has a model, in seconds.
PATIENCE = 5.0


class TransformerEmbedder(Embedder):
    """A sentence-transformers model. A folder is read as it is; a hub name from the cache first, then the hub."""

    def __init__(self, name: str) -> None:
        folder = Path(name).expanduser()
        if folder.is_dir():
            self.name = str(folder.resolve())
            _check_folder(folder)
        else:
            self.name = name
            _check_hub_name(name)
        self._model = _load(self.name)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def identity(self) -> str:
        """Name and first 16 digits of the sha256 over all weights, in the order of their names."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().contiguous().flatten().view(dtype=_bytes()).numpy().tobytes())
        return f"{self.name}@{digest.hexdigest()[:16]}"

    def _rows(self, texts: Sequence[str]) -> Vectors:
        rows = self._model.encode_document(list(texts), convert_to_numpy=True, show_progress_bar=len(texts) > 256)
        return np.asarray(rows, dtype=np.float32)

    def _question_rows(self, texts: Sequence[str]) -> Vectors:
        rows = self._model.encode_query(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def _bytes() -> object:
    import torch

    return torch.uint8


def _check_folder(folder: Path) -> None:
    if not any((folder / part).is_file() for part in ("modules.json", "config.json")):
        raise _error(
            str(folder),
            "thư mục không có modules.json hay config.json của sentence-transformers",
            "the folder holds neither modules.json nor config.json of a sentence-transformers model",
        )


def _check_hub_name(name: str) -> None:
    """Say at once that a model is not to be had: the library itself tries for over a minute."""
    if name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name:
        raise _error(name, "không có thư mục này", "there is no such folder")
    if not _cached(name):
        _ask_hub(name)


def _candidates(name: str) -> tuple[str, ...]:
    return (name,) if "/" in name else (f"sentence-transformers/{name}", name)


def _cached(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        return any(
            isinstance(try_to_load_from_cache(candidate, "config.json"), str)
            or isinstance(try_to_load_from_cache(candidate, "modules.json"), str)
            for candidate in _candidates(name)
        )
    except HFValidationError as error:
        raise _error(name, "không phải tên mô hình", "this is not a model's name") from error


def _ask_hub(name: str) -> None:
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        raise _error(
            name,
            "không có trong máy, và HF_HUB_OFFLINE=1 cấm tải về",
            "it is not on this machine, and HF_HUB_OFFLINE=1 forbids fetching it",
        )
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    for candidate in _candidates(name):
        try:
            HfApi().model_info(candidate, timeout=PATIENCE)
        except RepositoryNotFoundError:
            continue
        except Exception as error:  # no network, no name server, a proxy's page: each has its own class
            raise _error(name, f"kho mô hình không trả lời ({error})", f"the hub did not answer ({error})") from error
        return
    raise _error(name, "kho mô hình không có tên này", "the model hub has no such model")


def _load(name: str) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise _error(
            name,
            "chưa cài sentence-transformers: pip install sentence-transformers",
            "sentence-transformers is not installed: pip install sentence-transformers",
        ) from error
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=Path(name).is_dir() or _cached(name))
    except Exception as error:  # whatever the files lack, the person needs the name and the reason
        raise _error(name, f"đọc không được ({error})", f"it cannot be read ({error})") from error


def _error(name: str, vi: str, en: str) -> EmbedderError:
    return EmbedderError(
        f"Không mở được mô hình nhúng “{name}”: {vi}. Hãy ghi “default” (mô hình kèm theo), tên một mô hình "
        f"sentence-transformers đã tải về máy, hoặc đường dẫn tới thư mục của mô hình.\n"
        f"Cannot open the embedding model “{name}”: {en}. Give “default” (the model that comes with the program), "
        f"the name of a sentence-transformers model already on this machine, or the path of a model's folder."
    )
