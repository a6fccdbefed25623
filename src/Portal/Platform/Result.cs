namespace Portal.Platform;

/// <summary>
/// Why a use case did not do what was asked, where the person can do something differently. The page turns the code into
/// words in the reader's language; a bug or an outage is an exception instead.
/// </summary>
/// <param name="Code">Short and stable, for example <c>email.invalid</c>.</param>
/// <param name="Field">The form field it belongs to; null when it concerns the whole request.</param>
/// <param name="Values">What the sentence names: a limit, a date, an amount.</param>
public sealed record Refusal(string Code, string? Field = null, params object[] Values);

/// <summary>The answer of a use case: its value, or every reason why not.</summary>
public sealed record Result<T>
{
    private readonly T? _value;

    private Result(T? value, IReadOnlyList<Refusal> refusals) => (_value, Refusals) = (value, refusals);

    public IReadOnlyList<Refusal> Refusals { get; }

    public bool Succeeded => Refusals.Count == 0;

    /// <exception cref="InvalidOperationException">The use case refused.</exception>
    public T Value => Succeeded ? _value! : throw new InvalidOperationException("Refused: " + string.Join(", ", Refusals.Select(r => r.Code)));

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Refusal refusal) => new(default, [refusal]);

    public static Result<T> Refused(IReadOnlyList<Refusal> refusals) => refusals.Count > 0
        ? new(default, refusals)
        : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));
}

/// <summary>For use cases that answer nothing but done or why not.</summary>
public readonly record struct Done;
