using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Features.Demo;

/// <summary>The sample company's programme: Kopi Rimba, a coffee chain in Indonesia.</summary>
internal static class DemoProgramme
{
    public static Programme Programme(Currency currency, string zone) => new()
    {
        Name = new("Rimba Rewards", "Rimba Rewards"),
        Currency = currency,
        Zone = zone,
        Points = new()
        {
            Expiry = new ExpiryPolicy.Rolling(new(0, 12), PeriodEnd.Month),
            ReturnWindow = TimeSpan.FromDays(1),
        },
        Conversion = new(1, 20, 50, currency),
        Tiers =
        [
            new("bronze", new("Perunggu", "Bronze"), new("1 poin tiap Rp1.000", "1 point for every Rp1,000")),
            new("silver", new("Perak", "Silver"), new("Poin belanja 1,2 kali", "1.2 times the points on purchases")),
            new("gold", new("Emas", "Gold"), new("Poin belanja 1,5 kali", "1.5 times the points on purchases")),
            new("platinum", new("Platinum", "Platinum"), new("Poin belanja 2 kali", "Twice the points on purchases")),
        ],
        TierRules = new() { Steps = [new("bronze", 0), new("silver", 1_000), new("gold", 3_000), new("platinum", 8_000)] },
        Groups = [new("pastry", GroupMode.Best)],
        CodeNames =
        [
            new("beans", new("biji kopi", "coffee beans")),
            new("drinks", new("minuman", "drinks")),
            new("drinks/coffee", new("kopi", "coffee")),
            new("drinks/chocolate", new("cokelat", "chocolate")),
            new("drinks/juice", new("jus", "juice")),
            new("drinks/tea", new("teh", "tea")),
            new("food", new("makanan", "food")),
            new("pastry", new("kue", "pastry")),
        ],
    };

    /// <summary>Some twenty rules, all in force, open since before the demo history begins.</summary>
    public static IReadOnlyList<Rule> Rules() =>
    [
        new()
        {
            Id = new("welcome-points"),
            Name = new("Poin selamat datang", "Welcome points"),
            Trigger = ActivityTypes.Registered,
            Effects = [new FixedPoints { Points = 150 }],
            Limits = [new(1)],
            Qualifying = false,
        },
        new()
        {
            Id = new("welcome-voucher"),
            Name = new("Voucher selamat datang", "Welcome voucher"),
            Trigger = ActivityTypes.Registered,
            Effects =
            [
                new GiveVoucher
                {
                    Voucher = new()
                    {
                        Key = "welcome-20",
                        Name = new("Diskon 20% pesanan pertama", "20% off your first order"),
                        Discounts = [new PercentOffOrder { Percent = 20, MaxAmount = 20_000 }],
                        ValidDays = 30,
                    },
                },
            ],
            Limits = [new(1)],
        },
        new()
        {
            Id = new("email-confirmed"),
            Name = new("Alamat email terkonfirmasi", "Email address confirmed"),
            Trigger = ActivityTypes.EmailConfirmed,
            Effects = [new FixedPoints { Points = 50 }],
            Limits = [new(1)],
            Qualifying = false,
        },
        Profile("profile-birthday", "birthday", 100, new("Tanggal lahir", "Your birthday"), new("Isi tanggal lahir Anda", "Tell us your birthday")),
        Profile("profile-phone", "phone", 50, new("Nomor telepon", "Your phone number"), new("Isi nomor telepon Anda", "Tell us your phone number")),
        Profile("profile-address", "address", 75, new("Alamat", "Your address"), new("Isi alamat Anda", "Tell us your address")),
        Profile("profile-interests", "interests", 50, new("Minat", "Your interests"), new("Pilih minat Anda", "Choose your interests")),
        Profile("profile-company", "company", 100, new("Data perusahaan", "Your company"), new("Isi data perusahaan Anda", "Tell us about your company")),
        new()
        {
            Id = new("points-for-purchases"),
            Name = new("Poin belanja", "Points for purchases"),
            Trigger = ActivityTypes.Purchase,
            Effects = [new PointsPerAmount { Points = 1, Per = 1_000 }],
            Priority = 100,
        },
        new()
        {
            Id = new("silver-multiplier"),
            Name = new("Poin 1,2 kali untuk Perak", "1.2 times the points for Silver"),
            Trigger = ActivityTypes.Purchase,
            Audience = new() { Tiers = ["silver"] },
            Effects = [new PointsMultiplier { Factor = 1.2m }],
        },
        new()
        {
            Id = new("gold-multiplier"),
            Name = new("Poin 1,5 kali untuk Emas", "1.5 times the points for Gold"),
            Trigger = ActivityTypes.Purchase,
            Audience = new() { Tiers = ["gold"] },
            Effects = [new PointsMultiplier { Factor = 1.5m }],
        },
        new()
        {
            Id = new("platinum-multiplier"),
            Name = new("Poin 2 kali untuk Platinum", "Double points for Platinum"),
            Trigger = ActivityTypes.Purchase,
            Audience = new() { Tiers = ["platinum"] },
            Effects = [new PointsMultiplier { Factor = 2 }],
        },
        new()
        {
            Id = new("morning-coffee"),
            Name = new("Kopi pagi", "Morning coffee"),
            Description = new("Pesan kopi pagi-pagi", "Order a coffee early in the day"),
            Trigger = ActivityTypes.Purchase,
            Condition = "any line (category in [\"drinks/coffee\"])",
            Effects = [new FixedPoints { Points = 15 }],
            Schedule = new()
            {
                Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
                FromTime = new(6, 0),
                ToTime = new(10, 0),
            },
            Limits = [new(1, Span.Day)],
        },
        new()
        {
            Id = new("big-basket"),
            Name = new("Belanja besar", "Big basket"),
            Trigger = ActivityTypes.Purchase,
            Condition = "order.total >= 250000",
            Effects = [new FixedPoints { Points = 100 }],
        },
        new()
        {
            Id = new("coffee-and-pastry"),
            Name = new("Kopi dan kue", "Coffee and pastry"),
            Description = new("Beli kopi dan kue dalam satu transaksi", "Buy a coffee and a pastry together"),
            Trigger = ActivityTypes.Purchase,
            Condition = "any line (category in [\"drinks/coffee\"]) and any line (category in [\"pastry\"])",
            Effects = [new PercentOffLines { Percent = 10, Scope = new() { Categories = ["pastry"] } }],
            Group = "pastry",
        },
        new()
        {
            Id = new("third-bag-half-price"),
            Name = new("Kemasan biji kopi ketiga setengah harga", "Third bag of beans at half price"),
            Trigger = ActivityTypes.Purchase,
            Effects = [new PercentOffEveryNth { Percent = 50, Units = 1, Of = 3, Scope = new() { Categories = ["beans"] } }],
        },
        new()
        {
            Id = new("code-rimba10"),
            Name = new("Kode RIMBA10", "Code RIMBA10"),
            Trigger = ActivityTypes.Purchase,
            Condition = "order.total >= 100000",
            Effects = [new AmountOffOrder { Amount = 10_000 }],
            Activation = new(ActivationKind.SharedCode, "RIMBA10"),
            Limits = [new(1)],
            Budget = new() { Uses = 1_000 },
        },
        new()
        {
            Id = new("birthday-voucher"),
            Name = new("Hadiah ulang tahun", "Birthday gift"),
            Trigger = ActivityTypes.Birthday,
            Effects =
            [
                new GiveVoucher
                {
                    Voucher = new()
                    {
                        Key = "birthday-drink",
                        Name = new("Minuman ulang tahun Rp35.000", "A birthday drink worth Rp35,000"),
                        Discounts = [new AmountOffOrder { Amount = 35_000 }],
                        ValidDays = 14,
                    },
                },
                new Notify { Template = DemoMessages.Birthday },
            ],
            Limits = [new(1, Span.Year)],
        },
        new()
        {
            Id = new("expiry-reminder"),
            Name = new("Pengingat poin yang hampir hangus", "Reminder of points about to expire"),
            Trigger = ActivityTypes.PointsExpiring,
            Effects = [new Notify { Template = DemoMessages.Expiring }],
            Limits = [new(1, Span.Month)],
        },
        new()
        {
            Id = new("come-back"),
            Name = new("Ajakan kembali", "Invitation to come back"),
            Trigger = ActivityTypes.CustomerLapsing,
            Condition = "points.available >= 100",
            Effects = [new Notify { Template = DemoMessages.Away }],
        },
        new()
        {
            Id = new("complaint-compensation"),
            Name = new("Kompensasi keluhan", "Compensation for a complaint"),
            Trigger = ActivityTypes.ComplaintResolved,
            Effects = [new PointsAsRequested { Max = 5_000 }],
            Qualifying = false,
        },
    ];

    private static Rule Profile(string id, string field, decimal points, LocalizedText name, LocalizedText description) => new()
    {
        Id = new(id),
        Name = name,
        Description = description,
        Trigger = ActivityTypes.ProfileCompleted,
        Condition = $"event.field = \"{field}\"",
        Effects = [new FixedPoints { Points = points }],
        Limits = [new(1)],
        Qualifying = false,
    };
}
