namespace RewardsEngine.Conditions;

/// <summary>The types a value in a condition can have.</summary>
public enum FactType : byte
{
    /// <summary>Nothing: the value was not given.</summary>
    None,

    /// <summary>A number without a currency: a quantity, points, an hour.</summary>
    Number,

    /// <summary>An amount in the programme's currency.</summary>
    Money,

    /// <summary>A text, compared character by character, capitals included.</summary>
    Text,

    /// <summary>Several texts, such as segments. <c>=</c> asks whether one of them is the text.</summary>
    TextList,

    /// <summary>One or several category paths such as <c>coffee/beans</c>. <c>in ["coffee"]</c> matches whole leading segments.</summary>
    Path,

    /// <summary>A calendar day in the programme's zone.</summary>
    Date,

    /// <summary>A time span, counted in minutes.</summary>
    Duration,

    /// <summary>Yes or no.</summary>
    Flag,
}

/// <summary>What a number or an amount counts.</summary>
public enum FactUnit : byte
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>The programme's currency.</summary>
    Currency,

    /// <summary>Points.</summary>
    Points,

    /// <summary>Pieces of goods.</summary>
    Pieces,

    /// <summary>How often something happened.</summary>
    Times,

    /// <summary>Hours of the day.</summary>
    Hours,
}
