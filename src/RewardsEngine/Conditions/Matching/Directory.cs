using System.Numerics;
using System.Runtime.CompilerServices;

namespace RewardsEngine.Conditions.Matching;

/// <summary>Finds the group of a key: by its bit where the keys lie close together, else by hashing. Immutable.</summary>
internal readonly struct Directory
{
    /// <summary>Keys of so few bits are always worth a bit each; more of them when there are enough groups.</summary>
    private const int AlwaysDenseBits = 12;
    private const int KeysPerGroup = 256;

    private readonly Word[] _words;
    private readonly int[] _hash;
    private readonly ulong[] _keys;

    /// <summary>64 keys: which of them have a group, and how many groups there are before.</summary>
    private readonly record struct Word(ulong Bits, int Before);

    /// <param name="keys">Of the groups, ascending.</param>
    /// <param name="bits">How many bits a key has.</param>
    public Directory(ulong[] keys, int bits)
    {
        _keys = keys;
        var isDense = bits <= AlwaysDenseBits || bits <= 26 && 1 << bits <= keys.Length * KeysPerGroup;
        _words = isDense ? Words(keys, bits) : [];
        _hash = isDense ? [] : Hashed(keys);
    }

    /// <summary>Whether keys are found by their bits.</summary>
    public bool IsDense => _hash.Length == 0;

    /// <summary>1 when the key has a group, else 0; only when dense.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Has(ulong key) => key >> 6 is var at && at < (ulong)_words.Length ? (int)(_words[at].Bits >> (int)key) & 1 : 0;

    /// <summary>The group of a key; -1 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong key)
    {
        if (!IsDense) return FindHashed(key);
        var at = key >> 6;
        if (at >= (ulong)_words.Length) return -1;
        ref readonly var word = ref _words[at];
        var before = word.Bits << 63 - (int)key; // the key's own bit is the highest now
        return (long)before < 0 ? word.Before + BitOperations.PopCount(before) - 1 : -1;
    }

    private int FindHashed(ulong key)
    {
        for (var at = Hash(key); ; at++)
        {
            var group = _hash[at & _hash.Length - 1] - 1;
            if (group < 0 || _keys[group] == key) return group;
        }
    }

    private static int Hash(ulong key) => (int)(key * 0x9E3779B97F4A7C15 >> 33);

    private static Word[] Words(ulong[] keys, int bits)
    {
        var words = new Word[Math.Max(1, (1 << bits) >> 6)];
        var group = 0;
        for (var at = 0; at < words.Length; at++)
        {
            var (before, set) = (group, 0UL);
            for (; group < keys.Length && keys[group] >> 6 == (ulong)at; group++) set |= 1UL << (int)keys[group];
            words[at] = new(set, before);
        }
        return words;
    }

    private static int[] Hashed(ulong[] keys)
    {
        var hash = new int[BitOperations.RoundUpToPowerOf2((uint)keys.Length * 2 + 1)];
        for (var group = 0; group < keys.Length; group++)
        {
            var at = Hash(keys[group]);
            while (hash[at & hash.Length - 1] != 0) at++;
            hash[at & hash.Length - 1] = group + 1;
        }
        return hash;
    }
}
