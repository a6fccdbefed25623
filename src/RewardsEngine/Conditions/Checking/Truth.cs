namespace RewardsEngine.Conditions.Checking;

/// <summary>What a test comes to. Ordered so that "and" is the least and "or" the greatest of its parts.</summary>
internal enum Truth : byte
{
    /// <summary>It does not hold.</summary>
    False,

    /// <summary>A value it needs was not given; neither it nor its opposite is satisfied.</summary>
    NotGiven,

    /// <summary>It holds.</summary>
    True,
}

internal static class Truths
{
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth Opposite(this Truth truth) => (Truth)(2 - (byte)truth);
}
