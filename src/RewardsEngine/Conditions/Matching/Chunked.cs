using System.Collections;

namespace RewardsEngine.Conditions.Matching;

/// <summary>A list in pieces, so that a copy with one item replaced shares all pieces but one. Immutable.</summary>
internal sealed class Chunked<T> : IReadOnlyList<T>
{
    private const int Bits = 8;

    private readonly T[][] _chunks;

    public Chunked(T[] items)
    {
        Count = items.Length;
        _chunks = new T[(items.Length + (1 << Bits) - 1) >> Bits][];
        for (var chunk = 0; chunk < _chunks.Length; chunk++) _chunks[chunk] = items.AsSpan(chunk << Bits, Math.Min(1 << Bits, items.Length - (chunk << Bits))).ToArray();
    }

    private Chunked(T[][] chunks, int count) => (_chunks, Count) = (chunks, count);

    public int Count { get; }

    public T this[int index] => _chunks[index >> Bits][index & (1 << Bits) - 1];

    public Chunked<T> With(int index, T item)
    {
        T[][] chunks = [.. _chunks];
        T[] chunk = [.. chunks[index >> Bits]];
        chunk[index & (1 << Bits) - 1] = item;
        chunks[index >> Bits] = chunk;
        return new(chunks, Count);
    }

    public IEnumerator<T> GetEnumerator() => _chunks.SelectMany(chunk => chunk).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
