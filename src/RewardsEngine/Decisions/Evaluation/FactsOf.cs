using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Puts what happened and to whom into the names that conditions use.</summary>
internal sealed class FactsOf
{
    private static readonly TimeSpan MostOffset = TimeSpan.FromHours(15);

    private Facts? _running;
    private (Cart Cart, int Changes) _runningFor;
    private Cart? _untouched;

    public FactsOf(Situation situation)
    {
        var builder = new FactsBuilder(situation.Trigger.Vocabulary).SetNow(situation.Activity.OccurredAt, situation.Rules.Zone);
        if (!situation.IsGuest) SetMember(builder, situation);
        if (situation.Purchase is { } purchase) SetPurchase(builder, purchase, _untouched = new(purchase, situation.Programme.Currency));
        SetEvent(builder, situation);
        foreach (var key in situation.Trigger.Counters) builder.Set(key, CountOf(key, situation));
        Initial = builder.BuildOnce();
    }

    /// <summary>The facts before any rule.</summary>
    public Facts Initial { get; }

    /// <summary>A cart before any rule: the one the facts were read from, or another for every further run.</summary>
    public Cart NewCart(Purchase purchase, Values.Currency currency)
    {
        var cart = _untouched ?? new(purchase, currency);
        _untouched = null;
        return cart;
    }

    /// <summary>The facts before any rule, or as the cart stands now.</summary>
    public Facts At(Cart? cart, Basis basis)
    {
        if (cart is null || basis == Basis.Initial || cart.Changes == 0) return Initial;
        if (_running is not null && ReferenceEquals(_runningFor.Cart, cart) && _runningFor.Changes == cart.Changes) return _running;
        _running = With(cart.Count, line => cart[line].Left);
        _runningFor = (cart, cart.Changes);
        return _running;
    }

    /// <summary>The facts as they were after so many changes of the cart.</summary>
    public Facts After(Cart cart, int changes) => changes == 0 ? Initial : With(cart.Count, cart.LeftAfter(changes));

    private Facts With(int lines, Func<int, decimal> left)
    {
        var builder = Initial.ToBuilder();
        var total = 0m;
        for (var line = 0; line < lines; line++)
        {
            total += left(line);
            builder.SetLine(line, Fields.LineTotal, left(line));
        }
        return builder.Set(Fields.OrderTotal, total).BuildOnce();
    }

    private static void SetMember(FactsBuilder builder, Situation situation)
    {
        var member = situation.Member;
        builder.Set(Fields.CustomerTier, member.Tier)
            .Set(Fields.CustomerSegments, member.Segments)
            .Set(Fields.CustomerJoined, Known(Day(member.Joined, situation)))
            .Set(Fields.CustomerBirthday, Known(member.BirthDate))
            .Set(Fields.CustomerAgeGroup, AgeGroup(member.BirthDate, situation.Today))
            .Set(Fields.CustomerLanguage, member.Language)
            .Set(Fields.CustomerCity, member.City)
            .Set(Fields.CustomerInterests, member.Interests)
            .Set(Fields.CustomerCompany, member.Company is not null)
            .Set(Fields.CustomerFirstPurchase, member.Purchases.Count == 0)
            .Set(Fields.PointsAvailable, Shown(member.Points.Available - member.Points.Debt, situation))
            .Set(Fields.PointsPending, Shown(member.Points.Pending, situation));
        var vocabulary = situation.Trigger.Vocabulary;
        for (var index = 0; index < situation.Programme.Consents.Count; index++)
            builder.Set(vocabulary.Consents[index], member.Consents.Contains(situation.Programme.Consents[index]));
    }

    private static void SetPurchase(FactsBuilder builder, Purchase purchase, Cart cart)
    {
        builder.Set(Fields.OrderTotal, cart.Gross).Set(Fields.OrderSubtotal, cart.Gross)
            .Set(Fields.OrderQuantity, purchase.Lines.Sum(line => (decimal)line.Quantity))
            .Set(Fields.OrderCurrency, purchase.Currency.Code)
            .Set(Fields.OrderChannel, purchase.Channel).Set(Fields.OrderStore, purchase.Store)
            .Set(Fields.OrderPayment, purchase.PaymentMethod is { } method ? [method] : (IEnumerable<string>?)null)
            .Set(Fields.OrderShipping, purchase.ShippingMethod)
            .WithLines();
        for (var index = 0; index < purchase.Lines.Count; index++)
        {
            var line = purchase.Lines[index];
            builder.AddLine();
            builder.SetLine(index, Fields.LineSku, line.Sku)
                .SetLine(index, Fields.LineCategory, line.OtherCategories.Count == 0 ? FactValue.OfPath(line.Category) : FactValue.OfPaths(line.Categories))
                .SetLine(index, Fields.LineBrand, line.Brand)
                .SetLine(index, Fields.LineQuantity, line.Quantity)
                .SetLine(index, Fields.LineUnitPrice, line.UnitPrice)
                .SetLine(index, Fields.LineTotal, cart[index].Gross)
                .SetLine(index, Fields.LineSubtotal, cart[index].Gross)
                .SetLine(index, Fields.LineIsReward, line.IsReward)
                .SetLine(index, Fields.LineTag, line.Tags);
        }
    }

    private static void SetEvent(FactsBuilder builder, Situation situation)
    {
        var vocabulary = situation.Trigger.Vocabulary;
        void Set(string name, FactValue value)
        {
            if (vocabulary.Find($"event.{name}") is { } field) builder.Set(field, value);
        }
        switch (situation.Activity)
        {
            case ProfileCompleted profile: Set("field", FactValue.Of(profile.Field)); break;
            case Refund { Returned: SomeAmount amount }: Set("amount", FactValue.OfMoney(amount.Amount)); break;
            case Payment payment:
                Set("amount", FactValue.OfMoney(payment.Amount));
                Set("method", FactValue.Of(payment.Method));
                break;
            case Review review:
                if (review.Rating is { } rating) Set("rating", FactValue.Of((decimal)rating));
                Set("sku", FactValue.Of(review.Sku));
                break;
            case Visit visit: Set("store", FactValue.Of(visit.Store)); break;
            case Anniversary anniversary: Set("years", FactValue.Of((decimal)anniversary.Years)); break;
            case ComplaintResolved complaint:
                Set("category", FactValue.Of(complaint.Category));
                Set("accepted", FactValue.Of(complaint.Accepted));
                if (complaint.OpenForMinutes is { } minutes) Set("open_for", FactValue.OfMinutes(minutes));
                break;
            case PointsExpiring expiring:
                Set("points", FactValue.Of(Shown(expiring.Points, situation)));
                Set("in", FactValue.OfMinutes((expiring.LastDay.DayNumber - situation.Today.DayNumber) * 1440L));
                break;
            case CustomerLapsing lapsing: Set("inactive_for", FactValue.OfMinutes(lapsing.DaysSincePurchase * 1440L)); break;
            case Custom custom:
                foreach (var (name, value) in custom.Fields)
                    if (vocabulary.Find($"event.{name}") is { } field) builder.Set(field, Typed(field, value));
                break;
        }
    }

    private static FactValue Typed(Field field, FieldValue value) => (field.Type, value.Kind) switch
    {
        (FactType.Money, FieldKind.Number) => FactValue.OfMoney(value.Number!.Value),
        (FactType.Number, FieldKind.Number) => FactValue.Of(value.Number!.Value),
        (FactType.Duration, FieldKind.Number) => FactValue.OfMinutes((long)value.Number!.Value),
        (FactType.Text, FieldKind.Text) => FactValue.Of(value.Text),
        (FactType.TextList, FieldKind.Text) => FactValue.Of(value.Text!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        (FactType.Date, FieldKind.Date) => FactValue.Of(value.Date),
        (FactType.Flag, FieldKind.Flag) => FactValue.Of(value.Flag),
        _ => FactValue.NotGiven,
    };

    private static decimal CountOf(CounterKey key, Situation situation)
    {
        var history = key.Counter switch
        {
            Counter.Purchases => situation.Member.Purchases,
            Counter.Visits => situation.Member.Visits,
            Counter.Redemptions => situation.Member.Redemptions,
            _ => situation.Member.Complaints,
        };
        var from = key.Last.Before(situation.Local);
        if (history.First is not { } first) return 0m;
        if (Local(first, situation) >= from) return Measured(key.Measure, history.Count, history.Total, history.Quantity);
        var (count, total, quantity) = (0L, 0m, 0L);
        for (var index = 0; index < history.Recent.Count; index++)
        {
            var entry = history.Recent[index];
            // Only near the edge does the zone matter: no zone is further than this from UTC.
            if (entry.At < from - MostOffset || (entry.At < from + MostOffset && Local(entry.At, situation) < from)) continue;
            (count, total, quantity) = (count + 1, total + entry.Total, quantity + entry.Quantity);
        }
        return Measured(key.Measure, count, total, quantity);
    }

    private static decimal Measured(Measure measure, long count, decimal total, long quantity) => measure switch
    {
        Measure.Count => count,
        Measure.Total => Math.Clamp(total, -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber),
        _ => quantity,
    };

    private static DateTime Local(DateTime utc, Situation situation) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), situation.Rules.Zone);

    private static DateOnly Day(DateTime utc, Situation situation) => DateOnly.FromDateTime(Local(utc, situation));

    /// <summary>A day that nobody can mean is not given.</summary>
    private static DateOnly? Known(DateOnly? day) => day >= ConditionLimits.FirstDate && day <= ConditionLimits.LastDate ? day : null;

    /// <summary>A wallet may hold more than conditions can name: then as much as they can.</summary>
    private static decimal Shown(long points, Situation situation) =>
        Math.Clamp((decimal)points / EffectChecks.Pow10(situation.Programme.Points.Decimals), -ConditionLimits.MaxNumber, ConditionLimits.MaxNumber);

    private static string? AgeGroup(DateOnly? born, DateOnly today)
    {
        if (born is not { } day || day > today) return null;
        var age = today.Year - day.Year - (day.AddYears(today.Year - day.Year) > today ? 1 : 0);
        return age switch { < 18 => "0-17", < 25 => "18-24", < 35 => "25-34", < 45 => "35-44", < 55 => "45-54", < 65 => "55-64", _ => "65+" };
    }
}
