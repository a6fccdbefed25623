using Portal.Rewarding.Catalogue;

namespace Portal.Features.Demo;

/// <summary>A product of the sample company.</summary>
internal sealed record DemoProduct(string Sku, string Name, string Category, decimal Price);

/// <summary>What the sample company sells and what its points buy.</summary>
internal static class DemoCatalogue
{
    public static readonly IReadOnlyList<string> Stores = ["Rimba Kemang", "Rimba Sudirman", "Rimba Dago", "Rimba Malioboro", "Rimba Darmo"];

    public static readonly IReadOnlyList<DemoProduct> Products =
    [
        new("KP-ESP", "Espresso", "drinks/coffee", 22_000),
        new("KP-AMR", "Americano", "drinks/coffee", 26_000),
        new("KP-LAT", "Caffè latte", "drinks/coffee", 34_000),
        new("KP-SUS", "Kopi susu gula aren", "drinks/coffee", 28_000),
        new("KP-CAP", "Cappuccino", "drinks/coffee", 34_000),
        new("KP-V60", "V60 Gayo", "drinks/coffee", 38_000),
        new("TH-TRK", "Teh tarik", "drinks/tea", 24_000),
        new("TH-MLT", "Teh melati", "drinks/tea", 20_000),
        new("CK-HOT", "Cokelat panas", "drinks/chocolate", 32_000),
        new("JS-JRK", "Jus jeruk", "drinks/juice", 27_000),
        new("KU-CRS", "Croissant mentega", "pastry", 26_000),
        new("KU-PIS", "Pisang bolen", "pastry", 18_000),
        new("KU-BRW", "Brownies", "pastry", 24_000),
        new("KU-CNB", "Roti kayu manis", "pastry", 25_000),
        new("MK-NGR", "Nasi goreng kampung", "food", 48_000),
        new("MK-SND", "Roti lapis ayam", "food", 42_000),
        new("BJ-GAY", "Biji Aceh Gayo 250 g", "beans", 98_000),
        new("BJ-TRJ", "Biji Toraja 250 g", "beans", 110_000),
        new("BJ-KIN", "Biji Kintamani 250 g", "beans", 105_000),
        new("AL-TMB", "Tumbler Rimba", "merchandise", 165_000),
    ];

    public static IEnumerable<RewardRow> Rewards(DateTime now)
    {
        return
        [
            Item("espresso", "Espresso", "Espresso", 900, "coffee", "Satu espresso di gerai mana pun", "One espresso at any store"),
            Item("kopi-susu", "Kopi susu gula aren", "Iced coffee with palm sugar", 1_200, "cup-soda", "Favorit Rimba, panas atau dingin", "Our favourite, hot or iced"),
            Item("latte", "Caffè latte", "Caffè latte", 1_500, "coffee", "Ukuran biasa", "Regular size"),
            Item("v60", "V60 Gayo", "V60 Gayo", 1_700, "coffee", "Diseduh di depan Anda", "Brewed in front of you"),
            Item("teh-tarik", "Teh tarik", "Pulled tea", 1_000, "cup-soda", "Panas atau dingin", "Hot or iced"),
            Item("cokelat-panas", "Cokelat panas", "Hot chocolate", 1_300, "cup-soda", "Dari cokelat Jembrana", "Made with chocolate from Jembrana"),
            Item("jus-jeruk", "Jus jeruk", "Orange juice", 1_100, "cup-soda", "Diperas segar", "Freshly squeezed"),
            Item("croissant", "Croissant mentega", "Butter croissant", 1_100, "croissant", "Dipanggang setiap pagi", "Baked every morning"),
            Item("pisang-bolen", "Pisang bolen", "Banana pastry", 750, "croissant", "Manis dan renyah", "Sweet and crisp"),
            Item("brownies", "Brownies", "Brownie", 950, "cake-slice", "Satu potong", "One piece"),
            Item("roti-kayu-manis", "Roti kayu manis", "Cinnamon roll", 1_050, "croissant", "Hangat dari oven", "Warm from the oven"),
            Item("nasi-goreng", "Nasi goreng kampung", "Village fried rice", 2_200, "store", "Dengan telur mata sapi", "With a fried egg"),
            Item("roti-lapis", "Roti lapis ayam", "Chicken sandwich", 1_900, "store", "Roti gandum", "On wholegrain bread"),
            Item("biji-gayo", "Biji Aceh Gayo 250 g", "Aceh Gayo beans 250 g", 4_500, "package", "Disangrai minggu ini", "Roasted this week", stock: 40),
            Item("biji-toraja", "Biji Toraja 250 g", "Toraja beans 250 g", 5_000, "package", "Disangrai minggu ini", "Roasted this week", stock: 25),
            Item("tumbler", "Tumbler Rimba", "Rimba tumbler", 7_500, "gift", "Baja tahan karat, 350 ml", "Stainless steel, 350 ml", stock: 12),
            Item("kelas-seduh", "Kelas menyeduh kopi", "Brewing class", 9_000, "award", "Dua jam bersama barista kami", "Two hours with our barista", stock: 8, tiers: "gold,platinum"),
            Discount("potongan-10", RewardKind.AmountOff, 10_000, "Potongan Rp10.000", "Rp10,000 off", 500),
            Discount("potongan-25", RewardKind.AmountOff, 25_000, "Potongan Rp25.000", "Rp25,000 off", 1_200),
            Discount("diskon-15", RewardKind.PercentOff, 15, "Diskon 15%", "15% off", 1_600),
        ];

        RewardRow Item(string key, string id, string en, long points, string icon, string aboutId, string aboutEn, long? stock = null, string tiers = "") => new()
        {
            Key = key,
            NameId = id,
            NameEn = en,
            DescriptionId = aboutId,
            DescriptionEn = aboutEn,
            Points = points,
            Icon = icon,
            Stock = stock,
            Tiers = tiers,
            UpdatedAt = now,
        };

        RewardRow Discount(string key, RewardKind kind, long value, string id, string en, long points) => new()
        {
            Key = key,
            NameId = id,
            NameEn = en,
            DescriptionId = "Untuk satu pesanan di gerai mana pun",
            DescriptionEn = "For one order at any store",
            Kind = kind,
            Value = value,
            Points = points,
            Icon = kind == RewardKind.PercentOff ? "badge-percent" : "ticket-percent",
            UpdatedAt = now,
        };
    }
}
