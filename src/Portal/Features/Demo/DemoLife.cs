using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Demo;

/// <summary>
/// A year in the life of one sample member, the same every time it is asked for: who they are, what they bought, when.
/// Only what happened is invented here; what it earned is decided by the engine.
/// </summary>
internal sealed class DemoLife
{
    private static readonly string[] FirstNames =
    [
        "Ayu", "Bagus", "Citra", "Dewi", "Eko", "Fajar", "Gita", "Hendra", "Indah", "Joko", "Kartika", "Lestari", "Mega", "Nanda",
        "Oki", "Putri", "Rizky", "Sinta", "Tari", "Umar", "Vina", "Wahyu", "Yanti", "Zaki", "Adi", "Bella", "Cahya", "Dian",
    ];

    private static readonly string[] LastNames =
    [
        "Pratama", "Saputra", "Wijaya", "Kusuma", "Lestari", "Hidayat", "Permata", "Santoso", "Siregar", "Nasution", "Halim",
        "Utami", "Maharani", "Setiawan", "Gunawan", "Anggraini", "Firmansyah", "Rahayu",
    ];

    private static readonly string[] Cities = ["Jakarta", "Bandung", "Yogyakarta", "Surabaya", "Depok", "Bekasi"];

    private static readonly string[] Treats = ["potongan-10", "pisang-bolen", "espresso", "teh-tarik", "latte"];

    private readonly Random random;
    private readonly TimeZoneInfo zone;
    private readonly Currency currency;

    public DemoLife(int number, DateOnly until, TimeZoneInfo zone, Currency currency)
    {
        Number = number;
        this.zone = zone;
        this.currency = currency;
        random = new Random(20_261_122 + number);
        Account = DemoSeed.Accounts.Where(a => a.Role is null).ElementAtOrDefault(number);
        Name = Account?.Name ?? $"{Pick(FirstNames)} {Pick(LastNames)}";
        Language = Account?.Language ?? (random.Next(10) == 0 ? "en" : "id-ID");
        City = Pick(Cities);
        Birthday = new DateOnly(1965 + random.Next(40), 1 + random.Next(12), 1 + random.Next(28));
        var since = Account is null ? random.Next(20, 365) : 340 - (number * 250);
        Joined = until.AddDays(-since);
        Until = until;
        // A few come often, most come now and then.
        VisitsAMonth = Account is null ? Math.Exp((random.NextDouble() * 3.2) - 0.9) : number == 0 ? 4 : 3;
        HomeStore = Pick(DemoCatalogue.Stores);
    }

    public int Number { get; }
    public DemoAccount? Account { get; }
    public string Name { get; }
    public string Language { get; }
    public string City { get; }
    public DateOnly Birthday { get; }
    public DateOnly Joined { get; }
    public string HomeStore { get; }
    private DateOnly Until { get; }
    private double VisitsAMonth { get; }

    public string Email => Account?.Email ?? $"member{Number:000}@kopirimba.example";

    public DateTime JoinedAt => At(Joined, 12, 5);

    public bool HasConfirmedEmail => Account is not null || Number % 5 != 0;

    /// <summary>Profile fields given, in order.</summary>
    public IEnumerable<string> ProfileFields()
    {
        if (Number % 3 == 0 || Account is not null)
            yield return "birthday";
        if (Number % 4 == 0)
            yield return "phone";
    }

    /// <summary>Purchases and refunds in the order of time.</summary>
    public IEnumerable<Activity> Shopping(MemberId member)
    {
        var day = Joined;
        for (var visit = 0; ; visit++)
        {
            day = day.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) * 30 / VisitsAMonth));
            if (day >= Until)
            {
                // Whoever tries the portal by one of these accounts finds something that happened lately.
                if (Account is not null)
                    yield return Purchase(member, Until.AddDays(-2), visit);
                yield break;
            }
            var purchase = Purchase(member, day, visit);
            yield return purchase;
            if (random.Next(60) == 0 && day.AddDays(1) < Until)
                yield return Refund(member, purchase, day.AddDays(1));
        }
    }

    /// <summary>The reward a visit ends with, now and then: a key of the catalogue.</summary>
    public string? Treat(DateTime at) => at > At(Until.AddDays(-12), 0, 0) && Account is not null || (Number + at.Day) % 11 == 0
        ? Treats[(Number + at.Month) % Treats.Length]
        : null;

    private Purchase Purchase(MemberId member, DateOnly day, int visit)
    {
        var online = random.Next(6) == 0;
        var lines = new List<PurchaseLine>();
        for (var i = 0; i < 1 + random.Next(4); i++)
        {
            var product = DemoCatalogue.Products[random.Next(10) < 6 ? random.Next(6) : random.Next(DemoCatalogue.Products.Count)];
            if (lines.Exists(l => l.Sku == product.Sku))
                continue;
            lines.Add(new()
            {
                Id = (lines.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Sku = product.Sku,
                Name = product.Name,
                Category = product.Category,
                Brand = "Rimba",
                Quantity = product.Category == "beans" ? 1 + random.Next(3) : 1 + random.Next(2),
                UnitPrice = product.Price,
            });
        }
        return new()
        {
            Reference = $"D{Number:000}-{visit + 1:000}",
            Member = member,
            OccurredAt = At(day, 7 + random.Next(13), random.Next(60)),
            Currency = currency,
            Channel = online ? "app" : "store",
            Store = online ? null : random.Next(4) == 0 ? Pick(DemoCatalogue.Stores) : HomeStore,
            Shipping = online ? 10_000 : 0,
            ShippingMethod = online ? "courier" : null,
            PaymentMethod = random.Next(3) == 0 ? "cash" : "card",
            Lines = lines,
        };
    }

    private Refund Refund(MemberId member, Purchase purchase, DateOnly day) => new()
    {
        Reference = purchase.Reference + "-R",
        Member = member,
        OccurredAt = At(day, 11, random.Next(60)),
        PurchaseReference = purchase.Reference,
        Store = purchase.Store,
        Channel = purchase.Channel,
        Returned = new SomeLines([new(purchase.Lines[0].Sku, 1, purchase.Lines[0].Id)]),
    };

    private DateTime At(DateOnly day, int hour, int minute) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new(hour, minute)), zone);

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
