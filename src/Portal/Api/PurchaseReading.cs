using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Makes the engine's sale of a request, or says what is wrong with each member of it.</summary>
internal sealed class PurchaseReading(FieldChecks checks)
{
    private const int MaxCodes = 50;
    private const int MaxTags = 50;

    /// <param name="request">As it was sent.</param>
    /// <param name="member">Already looked up; null for a guest.</param>
    /// <param name="occurredAt">When the request names no time.</param>
    /// <param name="programme">The programme in force.</param>
    public Purchase? Read(PurchaseRequest request, MemberId? member, DateTime occurredAt, Programme programme)
    {
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        var lines = request.Lines is { Count: > 0 } ? Lines(request.Lines) : checks.Missing<List<PurchaseLine>>("lines");
        var currency = request.Currency is null or "" ? programme.Currency : Code(request.Currency, programme);
        var channel = checks.Optional("channel", request.Channel, 64);
        var store = checks.Optional("store", request.Store, 64);
        var payment = checks.Optional("paymentMethod", request.PaymentMethod, 64);
        var method = checks.Optional("shippingMethod", request.ShippingMethod, 64);
        var codes = checks.List("codes", request.Codes, MaxCodes, 64);
        if (!checks.Ok)
            return null;
        var purchase = new Purchase
        {
            Reference = reference!,
            Member = member,
            OccurredAt = request.OccurredAt ?? occurredAt,
            Currency = currency,
            Lines = lines!,
            Shipping = request.Shipping ?? 0m,
            ShippingMethod = method,
            Channel = channel,
            Store = store,
            PaymentMethod = payment,
            Codes = [.. codes.Select(c => c.Trim().ToUpperInvariant()).Distinct()],
        };
        checks.Add(Intake.Check(purchase, programme));
        return checks.Ok ? purchase : null;
    }

    private List<PurchaseLine> Lines(IReadOnlyList<LineRequest?> requested)
    {
        var lines = new List<PurchaseLine>();
        for (var i = 0; i < requested.Count; i++)
        {
            var path = $"lines[{i}]";
            if (requested[i] is not { } line)
            {
                checks.Missing<object>(path);
                continue;
            }
            lines.Add(new()
            {
                Id = checks.Optional($"{path}.id", line.Id, 64) ?? (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Sku = checks.Text($"{path}.sku", line.Sku, 64) ?? "",
                Name = checks.Optional($"{path}.name", line.Name, 300),
                Category = checks.Optional($"{path}.category", line.Category, 200),
                Brand = checks.Optional($"{path}.brand", line.Brand, 100),
                Quantity = checks.Given($"{path}.quantity", line.Quantity),
                UnitPrice = checks.Given($"{path}.unitPrice", line.UnitPrice),
                ListPrice = line.ListPrice,
                Tags = checks.List($"{path}.tags", line.Tags, MaxTags, 64),
            });
        }
        return lines;
    }

    private Currency Code(string code, Programme programme)
    {
        if (code != programme.Currency.Code)
            checks.Add("currency", "currency", programme.Currency.Code);
        return programme.Currency;
    }
}
