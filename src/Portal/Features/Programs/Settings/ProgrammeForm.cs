using RewardsEngine.Accounting;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Settings;

/// <summary>The programme as typed.</summary>
public sealed class ProgrammeForm
{
    public string? NameId { get; set; }
    public string? NameEn { get; set; }
    public string? PointsNameId { get; set; }
    public string? PointsNameEn { get; set; }

    public string? WorthPoints { get; set; }
    public string? WorthAmount { get; set; }
    public string? WorthStep { get; set; }

    /// <summary><c>never</c>, <c>rolling</c>, <c>inactivity</c>, or <c>other</c>: as it stands.</summary>
    public string? Expiry { get; set; }

    public string? ExpiryMonths { get; set; }
    public string? ExpiryDays { get; set; }
    public string? ExpiryRound { get; set; }
    public string? ReturnDays { get; set; }
    public string? WhenSpent { get; set; }

    /// <summary>One code a line: <c>drinks/coffee = kopi | coffee</c>.</summary>
    public string? CodeNames { get; set; }

    public List<TierForm> Tiers { get; set => field = value ?? []; } = [];
    public string? TierBasis { get; set; }

    /// <summary>Months of the calendar period, or <c>other</c>.</summary>
    public string? TierPeriod { get; set; }

    public string? TierStart { get; set; }
    public string? TierExpiry { get; set; }
    public string? Downgrade { get; set; }
    public string? GraceDays { get; set; }
    public List<Rules.CapForm> Caps { get; set => field = value ?? []; } = [];

    public bool FourEyes { get; set; }
    public string? ExpiringDays { get; set; }
    public string? LapsingDays { get; set; }

    /// <summary>One group a line: <c>basket = Best</c>.</summary>
    public string? Groups { get; set; }

    public string? Basis { get; set; }
    public string? LineRounding { get; set; }
    public string? FloorOverflow { get; set; }
    public string? Remainder { get; set; }
    public string? EarningBasis { get; set; }
    public string? PointsRounding { get; set; }
    public string? Multipliers { get; set; }
    public string? EffectOrder { get; set; }
    public string? Reversal { get; set; }
    public string? ReturnGraceDays { get; set; }
    public string? HoldMinutes { get; set; }

    /// <summary>The rule set that was shown.</summary>
    public long Set { get; set; }

    public static ProgrammeForm Of(Programme programme, long set)
    {
        var (kind, span, round) = programme.Points.Expiry switch
        {
            ExpiryPolicy.Never => ("never", default(CalendarSpan?), PeriodEnd.None),
            ExpiryPolicy.Rolling rolling => ("rolling", rolling.After, rolling.RoundUp),
            ExpiryPolicy.Inactivity inactivity => ("inactivity", inactivity.After, inactivity.RoundUp),
            _ => ("other", null, PeriodEnd.None),
        };
        var tiers = programme.TierRules;
        return new()
        {
            NameId = programme.Name.Id,
            NameEn = programme.Name.En,
            PointsNameId = programme.PointsName.Id,
            PointsNameEn = programme.PointsName.En,
            WorthPoints = TypedValues.Write(programme.Conversion?.Points),
            WorthAmount = TypedValues.Write(programme.Conversion?.Amount),
            WorthStep = TypedValues.Write(programme.Conversion?.StepPoints),
            Expiry = kind,
            ExpiryMonths = span is { Months: > 0 } m ? TypedValues.Write(m.Months) : null,
            ExpiryDays = span is { Days: > 0 } d ? TypedValues.Write(d.Days) : null,
            ExpiryRound = round.ToString(),
            ReturnDays = TypedValues.Write((decimal)programme.Points.ReturnWindow.TotalDays),
            WhenSpent = programme.Points.WhenSpent.ToString(),
            Tiers = [.. programme.Tiers.Select(t => TierForm.Of(t, tiers?.Steps.FirstOrDefault(s => s.Code == t.Key)))],
            TierBasis = (tiers?.Basis ?? default).ToString(),
            TierPeriod = tiers?.Period switch { null => "12", CalendarPeriod.Calendar c => c.Months.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => "other" },
            TierStart = (tiers?.Start ?? default).ToString(),
            TierExpiry = (tiers?.Expiry ?? RewardsEngine.Accounting.TierExpiry.EndOfNextPeriod).ToString(),
            Downgrade = (tiers?.Downgrade ?? DowngradePolicy.ToFit).ToString(),
            GraceDays = TypedValues.Write(tiers?.GraceDays ?? 0),
            CodeNames = string.Join('\n', programme.CodeNames.Select(c => $"{c.Code} = {c.Name.Id} | {c.Name.En}")),
            Caps = [.. programme.Caps.Select(c => new Rules.CapForm { Points = TypedValues.Write(c.Points), Span = c.Span.ToString(), When = c.When.ToString() })],
            FourEyes = programme.FourEyes,
            ExpiringDays = TypedValues.Write(programme.Occasions.ExpiringDays),
            LapsingDays = TypedValues.Write(programme.Occasions.LapsingDays),
            Groups = string.Join('\n', programme.Groups.Select(g => $"{g.Name} = {g.Mode}")),
            Basis = programme.Reckoning.Basis.ToString(),
            LineRounding = programme.Reckoning.LineRounding.ToString(),
            FloorOverflow = programme.Reckoning.FloorOverflow.ToString(),
            Remainder = programme.Reckoning.Remainder.ToString(),
            EarningBasis = programme.Reckoning.EarningBasis.ToString(),
            PointsRounding = programme.Reckoning.PointsRounding.ToString(),
            Multipliers = programme.Reckoning.Multipliers.ToString(),
            EffectOrder = programme.Reckoning.Order.ToString(),
            Reversal = programme.Points.Reversal.ToString(),
            ReturnGraceDays = TypedValues.Write((decimal)programme.Points.ReturnGrace.TotalDays),
            HoldMinutes = TypedValues.Write((decimal)programme.Points.HoldTimeLimit.TotalMinutes),
            Set = set,
        };
    }

    /// <summary>One empty line more than is filled in.</summary>
    public void LeaveRoom()
    {
        Tiers.RemoveAll(t => t.IsEmpty);
        Caps.RemoveAll(c => string.IsNullOrWhiteSpace(c.Points));
        Tiers.Add(new());
        Caps.Add(new());
    }
}

/// <summary>A tier as typed.</summary>
public sealed class TierForm
{
    public string? Key { get; set; }
    public string? NameId { get; set; }
    public string? NameEn { get; set; }
    public string? BenefitsId { get; set; }
    public string? BenefitsEn { get; set; }
    public string? Minimum { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Key + NameId + NameEn + Minimum);

    public static TierForm Of(Tier tier, TierStep? step) => new()
    {
        Key = tier.Key,
        NameId = tier.Name.Id,
        NameEn = tier.Name.En,
        BenefitsId = tier.Benefits?.Id,
        BenefitsEn = tier.Benefits?.En,
        Minimum = TypedValues.Write(step?.Minimum),
    };
}
