"""Tells a TFLite model how its input image is to be normalised.

MediaPipe's tasks refuse a float model without NormalizationOptions, and the files in npm have none. A flatbuffer is
written from its end to its start and its offsets are relative, so the old file can stay byte for byte as the tail of
the new one: only a new root, the list of buffers and the metadata go in front of it.

The slots below are those of TensorFlow's `schema.fbs` and `metadata_schema.fbs`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import flatbuffers
from flatbuffers.table import Table

_ALIGNMENT = 64
_MODEL_SLOTS = 8
_VERSION, _BUFFERS, _METADATA = 0, 4, 6
_VECTORS_KEPT = (1, 2, 3, 5, 7)  # operator codes, subgraphs, description, metadata_buffer, signatures
_NORMALIZATION_OPTIONS = 1  # in the union ProcessUnitOptions
_IMAGE_PROPERTIES = 2  # in the union ContentProperties
_RGB = 1


@dataclass(frozen=True, slots=True)
class Normalisation:
    """What the model wants: `(value - mean) / std` of channel values from 0 to 255."""

    mean: float
    std: float


def with_normalisation(model: bytes, normalisation: Normalisation) -> bytes:
    """The same model, with metadata that says how to normalise its input. Raises ValueError for any other file."""
    if model[4:8] != b"TFL3":
        raise ValueError("this is not a TFLite model")
    tail = model + bytes(-len(model) % _ALIGNMENT)
    builder = flatbuffers.Builder(len(tail) + 16384)
    builder.Prep(_ALIGNMENT, len(tail))
    builder.head -= len(tail)
    builder.Bytes[builder.head : builder.head + len(tail)] = tail
    old = _OldModel(tail)

    data = _aligned_bytes(builder, _metadata(normalisation))
    buffer = _table(builder, 1, lambda: builder.PrependUOffsetTRelativeSlot(0, data, 0))
    name = builder.CreateString("TFLITE_METADATA")

    def entry_slots() -> None:
        builder.PrependUOffsetTRelativeSlot(0, name, 0)
        builder.PrependUint32Slot(1, len(old.tables(_BUFFERS)), 0)

    entry = _table(builder, 2, entry_slots)
    buffers = _vector(builder, [*old.tables(_BUFFERS), buffer])
    metadata = _vector(builder, [*old.tables(_METADATA), entry])

    def root_slots() -> None:
        builder.PrependUint32Slot(_VERSION, old.version, 0)
        for slot in _VECTORS_KEPT:
            builder.PrependUOffsetTRelativeSlot(slot, old.offset(slot), 0)
        builder.PrependUOffsetTRelativeSlot(_BUFFERS, buffers, 0)
        builder.PrependUOffsetTRelativeSlot(_METADATA, metadata, 0)

    builder.Finish(_table(builder, _MODEL_SLOTS, root_slots), file_identifier=b"TFL3")
    return bytes(builder.Output())


class _OldModel:
    """The root table of a model, with offsets counted as a Builder counts them: from the end of the file."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        self._root = Table(data, int.from_bytes(data[:4], "little"))
        version_at = self._field(_VERSION)
        self.version = int.from_bytes(data[version_at : version_at + 4], "little") if version_at else 0

    def _field(self, slot: int) -> int:
        relative = self._root.Offset(4 + 2 * slot)
        return self._root.Pos + relative if relative else 0

    def offset(self, slot: int) -> int:
        """Of the vector or string in a slot; 0 when the slot is empty."""
        at = self._field(slot)
        return self._size - self._root.Indirect(at) if at else 0

    def tables(self, slot: int) -> list[int]:
        """The offsets of every table in a slot's vector."""
        relative = self._root.Offset(4 + 2 * slot)
        if not relative:
            return []
        start = self._root.Vector(relative)
        return [self._size - self._root.Indirect(start + 4 * i) for i in range(self._root.VectorLen(relative))]


def _metadata(normalisation: Normalisation) -> bytes:
    """A ModelMetadata with one subgraph, whose one input is an RGB image."""
    builder = flatbuffers.Builder(512)
    options = _offsets_table(builder, {0: _floats(builder, normalisation.mean), 1: _floats(builder, normalisation.std)})
    unit = _union_table(builder, _NORMALIZATION_OPTIONS, options)
    image = _table(builder, 2, lambda: builder.PrependInt8Slot(0, _RGB, 0))
    content = _union_table(builder, _IMAGE_PROPERTIES, image)
    tensor = _offsets_table(builder, {0: builder.CreateString("image"), 3: content, 4: _vector(builder, [unit])})
    subgraph = _offsets_table(builder, {2: _vector(builder, [tensor])})
    builder.Finish(_offsets_table(builder, {3: _vector(builder, [subgraph])}), file_identifier=b"M001")
    return bytes(builder.Output())


def _table(builder: flatbuffers.Builder, slots: int, fill: Callable[[], None]) -> int:
    builder.StartObject(slots)
    fill()
    return int(builder.EndObject())


def _offsets_table(builder: flatbuffers.Builder, values: Mapping[int, int]) -> int:
    """A table whose filled slots all point somewhere."""

    def fill() -> None:
        for slot, offset in values.items():
            builder.PrependUOffsetTRelativeSlot(slot, offset, 0)

    return _table(builder, max(values) + 1, fill)


def _union_table(builder: flatbuffers.Builder, kind: int, value: int) -> int:
    """A table whose first two slots are a union: which kind it is, and the value."""

    def fill() -> None:
        builder.PrependUint8Slot(0, kind, 0)
        builder.PrependUOffsetTRelativeSlot(1, value, 0)

    return _table(builder, 2, fill)


def _vector(builder: flatbuffers.Builder, offsets: Sequence[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return int(builder.EndVector())


def _floats(builder: flatbuffers.Builder, value: float) -> int:
    """One number for each of the three channels."""
    builder.StartVector(4, 3, 4)
    for _ in range(3):
        builder.PrependFloat32(value)
    return int(builder.EndVector())


def _aligned_bytes(builder: flatbuffers.Builder, data: bytes) -> int:
    """A vector of bytes that begins on the 16 bytes that the schema asks of buffers."""
    builder.StartVector(1, len(data), 16)
    builder.head -= len(data)
    builder.Bytes[builder.head : builder.head + len(data)] = data
    return int(builder.EndVector())
