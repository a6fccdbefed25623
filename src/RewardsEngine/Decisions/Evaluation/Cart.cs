using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>One line while discounts are being taken off.</summary>
internal struct CartLine
{
    /// <summary>The price before rules.</summary>
    public decimal Gross;

    /// <summary>What no rule may go below.</summary>
    public decimal Floor;

    /// <summary>What is left of the price.</summary>
    public decimal Left;

    /// <summary>What order discounts took off: earning may leave them out.</summary>
    public decimal OrderDiscount;

    /// <summary>Units that a buy-X-get-Y has used.</summary>
    public int UsedUnits;

    /// <summary>What is left of the price of the used units.</summary>
    public decimal UsedLeft;

    /// <summary>What can still be taken off.</summary>
    public readonly decimal Room => Math.Max(0m, Left - Floor);
}

/// <summary>The purchase while discounts are being taken off. Copied for every trial.</summary>
internal sealed class Cart
{
    private readonly CartLine[] _state;
    private readonly List<(int Line, decimal Taken)> _log = [];
    private readonly bool _isTrial;

    public Cart(Purchase purchase, Currency currency)
    {
        Purchase = purchase;
        Currency = currency;
        _state = new CartLine[purchase.Lines.Count];
        for (var index = 0; index < _state.Length; index++)
        {
            var line = purchase.Lines[index];
            var gross = currency.Round(line.UnitPrice * line.Quantity);
            var floor = line.FloorPrice is { } price ? Math.Min(gross, currency.Round(price * line.Quantity)) : 0m;
            _state[index] = new() { Gross = gross, Left = gross, Floor = floor };
        }
        ShippingLeft = currency.Round(purchase.Shipping);
        ShippingGross = ShippingLeft;
    }

    private Cart(Cart other)
    {
        Purchase = other.Purchase;
        Currency = other.Currency;
        _state = [.. other._state];
        ShippingGross = other.ShippingGross;
        ShippingLeft = other.ShippingLeft;
        GivenValue = other.GivenValue;
        Changes = other.Changes;
        _isTrial = true;
    }

    public Purchase Purchase { get; }

    public Currency Currency { get; }

    public decimal ShippingGross { get; }

    public decimal ShippingLeft { get; private set; }

    /// <summary>The worth of items given so far: what "best" compares besides discounts.</summary>
    public decimal GivenValue { get; set; }

    /// <summary>Grows with every change, so that facts are built anew only when something changed.</summary>
    public int Changes { get; private set; }

    public int Count => _state.Length;

    public ref CartLine this[int index] => ref _state[index];

    public PurchaseLine Line(int index) => Purchase.Lines[index];

    public decimal Gross
    {
        get
        {
            var sum = 0m;
            foreach (ref readonly var line in _state.AsSpan()) sum += line.Gross;
            return sum;
        }
    }

    public decimal Left
    {
        get
        {
            var sum = 0m;
            foreach (ref readonly var line in _state.AsSpan()) sum += line.Left;
            return sum;
        }
    }

    /// <summary>Goods and delivery.</summary>
    public decimal Total => Left + ShippingLeft;

    public Cart Copy() => new(this);

    /// <summary>Takes at most what the line can give and returns how much that was.</summary>
    public decimal Take(int index, decimal amount, bool orderDiscount)
    {
        ref var line = ref _state[index];
        var taken = Math.Min(amount, line.Room);
        if (taken <= 0) return 0m;
        if (line.UsedLeft > 0 && line.Left > 0) line.UsedLeft *= (line.Left - taken) / line.Left;
        line.Left -= taken;
        if (orderDiscount) line.OrderDiscount += taken;
        Note(index, taken);
        return taken;
    }

    /// <summary>What was left of each line after so many changes.</summary>
    public Func<int, decimal> LeftAfter(int changes)
    {
        var left = new decimal[Count];
        for (var line = 0; line < left.Length; line++) left[line] = _state[line].Gross;
        foreach (var (line, taken) in _log[..changes])
            if (line >= 0) left[line] -= taken;
        return line => left[line];
    }

    private void Note(int line, decimal taken)
    {
        Changes++;
        if (!_isTrial) _log.Add((line, taken));
    }

    /// <summary>Marks units as used by a buy-X-get-Y.</summary>
    public void Use(int index, int units, decimal left)
    {
        ref var line = ref _state[index];
        line.UsedUnits += units;
        line.UsedLeft = Math.Min(line.Left, line.UsedLeft + left);
    }

    public decimal TakeShipping(decimal amount)
    {
        var taken = Math.Min(amount, ShippingLeft);
        if (taken <= 0) return 0m;
        ShippingLeft -= taken;
        Note(-1, taken);
        return taken;
    }

    /// <summary>Units of the line that no buy-X-get-Y has used.</summary>
    public int FreeUnits(int index) => Line(index).Quantity - _state[index].UsedUnits;

    /// <summary>The price of one unit now; of units not yet used, if there are any.</summary>
    public decimal UnitLeft(int index)
    {
        var free = FreeUnits(index);
        return free > 0 ? (_state[index].Left - _state[index].UsedLeft) / free : _state[index].Left / Line(index).Quantity;
    }
}
