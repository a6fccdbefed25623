using RewardsEngine.Conditions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Wording;

/// <summary>Writes single steps of arithmetic.</summary>
internal sealed class StepText(Programme programme, string language, Func<string, string?>? lineNames)
{
    private readonly FactText _facts = new(language, programme.Currency);

    public string Points(decimal points) => $"{_facts.Number(points)} {programme.PointsName.In(language)}";

    /// <summary>The step in words; null when it says nothing to this reader.</summary>
    public string? Of(ArithmeticStep step, bool staff) => step switch
    {
        BasisStep basis => Basis(basis),
        PercentStep percent => $"{_facts.Number(percent.Percent)}% × {Money(percent.Basis)} = {Money(percent.Product)}",
        RateStep { FullSteps: true } rate => Pick(
            $"{Money(rate.Basis)} ÷ {Money(rate.Per)} = {_facts.Number(Math.Floor(rate.Basis / rate.Per))} kelipatan penuh × {_facts.Number(rate.Points)} = {Points(rate.Product)}",
            $"{Money(rate.Basis)} ÷ {Money(rate.Per)} = {_facts.Number(Math.Floor(rate.Basis / rate.Per))} full steps × {_facts.Number(rate.Points)} = {Points(rate.Product)}"),
        RateStep rate => Pick(
            $"{Money(rate.Basis)} × {_facts.Number(rate.Points)} per {Money(rate.Per)} = {Points(Short(rate.Product))}",
            $"{Money(rate.Basis)} × {_facts.Number(rate.Points)} per {Money(rate.Per)} = {Points(Short(rate.Product))}"),
        FixedStep { Times: 1 } fixedOnce => Amount(fixedOnce.Product, fixedOnce.InPoints),
        FixedStep each => $"{Amount(each.Each, each.InPoints)} × {_facts.Number(each.Times)} = {Amount(each.Product, each.InPoints)}",
        MultiplyStep multiply => Pick(
            $"{_facts.Number(Short(multiply.Basis))} × {_facts.Number(multiply.Factor)} = {Points(Short(multiply.Product))}, tambahan {Points(Short(multiply.Extra))}",
            $"{_facts.Number(Short(multiply.Basis))} × {_facts.Number(multiply.Factor)} = {Points(Short(multiply.Product))}, that is {Points(Short(multiply.Extra))} more"),
        RoundingStep rounding => Rounding(rounding),
        CapStep cap => Cap(cap, staff),
        AllocationStep { Shares.Count: <= 1 } => null,
        AllocationStep allocation => Pick("Dibagi: ", "Shared: ") + string.Join(", ", allocation.Shares.Select(share => $"{Line(share.LineId)} {Amount(share.Amount, allocation.InPoints)}")),
        GivenStep given => Given(given, staff),
        _ => null,
    };

    private string? Basis(BasisStep basis)
    {
        var of = basis.Lines.Count == 0 ? "" : $" ({string.Join(", ", basis.Lines.Select(Line))})";
        return basis.Kind switch
        {
            BasisKind.Order => Pick($"Belanja {Money(basis.Value)}", $"Purchase of {Money(basis.Value)}"),
            BasisKind.Lines => Pick($"Barang terpilih{of}: {Money(basis.Value)}", $"Selected items{of}: {Money(basis.Value)}"),
            BasisKind.Units => Pick($"{_facts.Number(basis.Value)} barang{of}", $"{_facts.Number(basis.Value)} items{of}"),
            BasisKind.Shipping => Pick($"Ongkos kirim {Money(basis.Value)}", $"Delivery {Money(basis.Value)}"),
            BasisKind.Points => Pick($"Poin dari aturan lain: {Points(Short(basis.Value))}", $"Points from other rules: {Points(Short(basis.Value))}"),
            _ => Pick($"Diberikan {Points(basis.Value)}", $"Granted {Points(basis.Value)}"),
        };
    }

    private string Rounding(RoundingStep step)
    {
        var result = Amount(step.After, step.InPoints);
        return step.Mode switch
        {
            "floor" => Pick($"dibulatkan ke bawah menjadi {result}", $"rounded down to {result}"),
            "ceiling" => Pick($"dibulatkan ke atas menjadi {result}", $"rounded up to {result}"),
            _ => Pick($"dibulatkan menjadi {result}", $"rounded to {result}"),
        };
    }

    private string Cap(CapStep cap, bool staff)
    {
        var (limit, after) = (Amount(cap.Limit, cap.InPoints), Amount(cap.After, cap.InPoints));
        var used = cap.Used > 0 ? Pick($", sudah terpakai {Amount(cap.Used, cap.InPoints)}", $", {Amount(cap.Used, cap.InPoints)} used before") : "";
        return cap.Kind switch
        {
            CapKind.Effect or CapKind.Ledger => Pick($"paling banyak {limit}", $"at most {limit}"),
            CapKind.Price => Pick($"tidak melebihi harga yang tersisa: {after}", $"not more than what is left of the price: {after}"),
            CapKind.Stock => Pick($"hanya {Pieces(cap.After)} yang masih tersedia", $"only {Pieces(cap.After)} left in stock"),
            CapKind.Budget => staff
                ? Pick($"sisa anggaran {limit}: menjadi {after}", $"budget left {limit}: becomes {after}")
                : Pick($"jatah yang tersisa: {after}", $"what is left of the offer: {after}"),
            _ => Pick($"batas {limit}{Over(cap.Span)}{used}: menjadi {after}", $"limit {limit}{Over(cap.Span)}{used}: becomes {after}"),
        };
    }

    private static string Pieces(decimal units) => ((long)units).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Over(Span? span) => span switch
    {
        Span.Order => Pick(" per transaksi", " per purchase"),
        Span.Day => Pick(" per hari", " a day"),
        Span.Week => Pick(" per minggu", " a week"),
        Span.Month => Pick(" per bulan", " a month"),
        Span.Year => Pick(" per tahun", " a year"),
        _ => "",
    };

    private string? Given(GivenStep given, bool staff)
    {
        var name = given.Name?.In(language) ?? (staff || given.What == "item" ? Line(given.Key) : null);
        var count = given.Count > 1 ? $"{_facts.Number(given.Count)} × " : "";
        var until = given.Until is { } day ? Pick($", berlaku sampai {_facts.Date(day)}", $", valid until {_facts.Date(day)}") : "";
        return given.What switch
        {
            "item" => Pick($"Hadiah: {count}{name}", $"Gift: {count}{name}"),
            "voucher" => $"Voucher: {count}{name}{until}",
            "tier" => Pick($"Tingkat: {name}{until}", $"Tier: {name}{until}"),
            "badge" => Pick($"Lencana: {name}", $"Badge: {name}"),
            "challenge" => name is null ? Pick("Tantangan maju satu langkah", "A challenge moved forward") : Pick($"Tantangan: {name} +{given.Count}", $"Challenge: {name} +{given.Count}"),
            _ => staff ? Pick($"Pesan: {given.Key}", $"Message: {given.Key}") : null,
        };
    }

    private string Line(string id) => lineNames?.Invoke(id) ?? id;

    private string Money(decimal amount) => _facts.Money(Short(amount));

    private string Amount(decimal amount, bool points) => points ? Points(Short(amount)) : Money(amount);

    private static decimal Short(decimal value) => decimal.Round(value, 4, MidpointRounding.ToZero);

    private string Pick(string id, string en) => new LocalizedText(id, en).In(language);
}
