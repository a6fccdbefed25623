using System.Globalization;
using Complaints.Cases;

namespace Portal.Features.Complaints.Staff;

/// <summary>What staff type on a case: one field for each form of the page, so that a refused step shows everything again.</summary>
public sealed class DeskForm
{
    /// <summary>Number of events the person had before their eyes.</summary>
    public int Version { get; set; }

    public string? Reply { get; set; }

    /// <summary>The prepared reply chosen, and whether it is to be put into the box.</summary>
    public string? Canned { get; set; }

    public string? Insert { get; set; }

    /// <summary>The decision goes to a manager for approval instead of to the customer.</summary>
    public string? Ask { get; set; }

    public string? HandTeam { get; set; }
    public string? HandTo { get; set; }
    public string? Store { get; set; }
    public string? Product { get; set; }
    public string? Question { get; set; }
    public string? Note { get; set; }
    public string? Who { get; set; }
    public string? WhoText { get; set; }
    public string? Reason { get; set; }
    public Severity Severity { get; set; }
    public bool Safety { get; set; }
    public Impact Impact { get; set; }
    public Urgency Urgency { get; set; }

    /// <summary>One point raised on each line.</summary>
    public string? Points { get; set; }

    public List<FindingForm>? Findings { get; set; }
    public string? RootCause { get; set; }

    /// <summary>The same for a case that ends without a decision.</summary>
    public string? EndCause { get; set; }
    public string? RemedyPoints { get; set; }
    public string? Refund { get; set; }
    public RemedyKind? Remedy { get; set; }
    public string? RemedyText { get; set; }

    /// <summary>Key of a reward, or <see cref="AmountOff"/>, or <see cref="PercentOff"/>.</summary>
    public string? Voucher { get; set; }

    public string? VoucherValue { get; set; }
    public string? VoucherDays { get; set; }

    /// <summary>A reward's key is never written like this.</summary>
    public const string AmountOff = "=amount";

    /// <inheritdoc cref="AmountOff"/>
    public const string PercentOff = "=percent";
    public string? Delivered { get; set; }
    public string? DuplicateOf { get; set; }
    public string? ScopeReason { get; set; }
    public string? WhereToTurn { get; set; }
    public string? PromiseDate { get; set; }
    public string? PromiseReason { get; set; }
    public string? VisitAt { get; set; }
    public string? Technician { get; set; }
    public string? VisitResult { get; set; }

    /// <summary>A fresh page: the case's own values, and what this person had begun to write.</summary>
    internal static DeskForm Of(DeskView view)
    {
        var drafts = view.Drafts;
        return new()
        {
            Version = view.Case.Version,
            Severity = view.Case.Assessment?.Severity ?? Severity.Moderate,
            Safety = view.Case.Assessment?.Safety ?? false,
            Impact = view.Case.Assessment?.Impact ?? Impact.One,
            Urgency = view.Case.Assessment?.Urgency ?? Urgency.CanWait,
            Points = drafts.GetValueOrDefault("Points") ?? string.Join('\n', view.Case.Points.Select(p => p.Text.ReplaceLineEndings(" "))),
            Reply = drafts.GetValueOrDefault("Reply"),
            Question = drafts.GetValueOrDefault("Question"),
            Note = drafts.GetValueOrDefault("Note"),
            WhoText = drafts.GetValueOrDefault("WhoText"),
            PromiseReason = drafts.GetValueOrDefault("PromiseReason"),
            VisitResult = drafts.GetValueOrDefault("VisitResult"),
            ScopeReason = drafts.GetValueOrDefault("ScopeReason"),
            Findings = drafts.Keys.Any(k => k.StartsWith("Findings", StringComparison.Ordinal))
                ? [.. view.Case.Points.Select((_, i) => new FindingForm { Reasons = drafts.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"Findings[{i}].Reasons")) })]
                : null,
        };
    }

    public Assess ToAssess() => new(new(Severity, Safety, Impact, Urgency),
        [.. (Points ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((text, i) => new PointRaised(i + 1, text))]);

    /// <returns>Null when a number cannot be read.</returns>
    public Decision? ToDecision(IReadOnlyList<PointRaised> points, string currency)
    {
        List<global::Complaints.Cases.Remedy> remedies = [];
        if (!string.IsNullOrWhiteSpace(RemedyPoints))
        {
            if (!long.TryParse(RemedyPoints, NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var number))
                return null;
            remedies.Add(global::Complaints.Cases.Remedy.OfPoints(number));
        }
        if (!string.IsNullOrWhiteSpace(Refund))
        {
            if (!decimal.TryParse(Refund, NumberStyles.Number, CultureInfo.CurrentCulture, out var amount))
                return null;
            remedies.Add(global::Complaints.Cases.Remedy.OfRefund(amount, currency));
        }
        if (!string.IsNullOrEmpty(Voucher))
        {
            if (ToVoucher(currency) is not { } terms)
                return null;
            remedies.Add(global::Complaints.Cases.Remedy.OfVoucher(terms));
        }
        if (Remedy is { } kind)
            remedies.Add(global::Complaints.Cases.Remedy.Of(kind, RemedyText?.Trim() ?? ""));
        var findings = points.Select((p, i) => Findings is { } all && i < all.Count
            ? new Finding(p.Number, all[i].Outcome, all[i].Reasons?.Trim() ?? "")
            : new Finding(p.Number, Outcome.Upheld, ""));
        return new([.. findings], remedies, RootCause ?? "");
    }

    private VoucherTerms? ToVoucher(string currency)
    {
        decimal value = 0;
        if (!int.TryParse(VoucherDays, NumberStyles.None, CultureInfo.CurrentCulture, out var days)
            || (Voucher is AmountOff or PercentOff && !decimal.TryParse(VoucherValue, NumberStyles.Number, CultureInfo.CurrentCulture, out value)))
            return null;
        return Voucher switch
        {
            AmountOff => new(days, Amount: value, Currency: currency),
            PercentOff => new(days, Percent: value),
            _ => new(days, Reward: Voucher),
        };
    }

    /// <summary>A local date and time of the programme's zone, from the browser's field.</summary>
    public static DateTime? Moment(string? typed, TimeZoneInfo zone) =>
        DateTime.TryParseExact(typed, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? TimeZoneInfo.ConvertTimeToUtc(local, zone)
            : null;

    public sealed class FindingForm
    {
        public Outcome Outcome { get; set; }
        public string? Reasons { get; set; }
    }
}
