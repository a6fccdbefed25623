using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions;

/// <summary>The names that every programme has. Consents and the fields of an event are added by <see cref="Vocabulary"/>.</summary>
public static class Fields
{
    private static readonly List<Field> Known = [];
    private static int _lineCount;
    private static int _otherCount;

    /// <summary>What the customer pays for the goods, after discounts.</summary>
    public static readonly Field OrderTotal = Add("order.total", FactType.Money, FactUnit.Currency,
        "pembelian", "order total", "Yang dibayar pelanggan untuk barang, setelah diskon.", "What the customer pays for the goods, after discounts.");

    /// <summary>The goods before discounts on the order.</summary>
    public static readonly Field OrderSubtotal = Add("order.subtotal", FactType.Money, FactUnit.Currency,
        "subtotal pembelian", "order subtotal", "Jumlah barang sebelum diskon pesanan.", "The goods before discounts on the order.");

    /// <summary>The pieces in the order.</summary>
    public static readonly Field OrderQuantity = Add("order.quantity", FactType.Number, FactUnit.Pieces,
        "jumlah barang", "number of items", "Banyaknya barang dalam pesanan.", "The pieces in the order.");

    /// <summary>The currency of the order.</summary>
    public static readonly Field OrderCurrency = Add("order.currency", FactType.Text, FactUnit.None,
        "mata uang", "currency", "Kode ISO mata uang pesanan.", "The ISO code of the order's currency.");

    /// <summary>The sales channel.</summary>
    public static readonly Field OrderChannel = Add("order.channel", FactType.Text, FactUnit.None,
        "kanal pembelian", "sales channel", "Kode kanal penjualan, misalnya store atau web.", "The code of the sales channel, such as store or web.");

    /// <summary>The store.</summary>
    public static readonly Field OrderStore = Add("order.store", FactType.Text, FactUnit.None,
        "toko", "store", "Kode toko.", "The code of the store.");

    /// <summary>The ways the order is paid.</summary>
    public static readonly Field OrderPayment = Add("order.payment", FactType.TextList, FactUnit.None,
        "cara pembayaran", "way of payment", "Kode cara pembayaran yang dipakai.", "The codes of the ways of payment used.");

    /// <summary>The shipping method.</summary>
    public static readonly Field OrderShipping = Add("order.shipping", FactType.Text, FactUnit.None,
        "cara pengiriman", "shipping method", "Kode cara pengiriman.", "The code of the shipping method.");

    /// <summary>The article number.</summary>
    public static readonly Field LineSku = Add("line.sku", FactType.Text, FactUnit.None,
        "kode produk", "product code", "Kode produk.", "The article number.");

    /// <summary>The category paths of a line.</summary>
    public static readonly Field LineCategory = Add("line.category", FactType.Path, FactUnit.None,
        "kategori", "category", "Jalur kategori, misalnya coffee/beans; \"in\" mencocokkan ruas awal yang utuh.", "The category path, such as coffee/beans; \"in\" matches whole leading segments.");

    /// <summary>The brand.</summary>
    public static readonly Field LineBrand = Add("line.brand", FactType.Text, FactUnit.None,
        "merek", "brand", "Merek.", "The brand.");

    /// <summary>The pieces of a line.</summary>
    public static readonly Field LineQuantity = Add("line.quantity", FactType.Number, FactUnit.Pieces,
        "banyaknya", "quantity", "Banyaknya barang dalam baris.", "The pieces of the line.");

    /// <summary>The price of a piece.</summary>
    public static readonly Field LineUnitPrice = Add("line.unit_price", FactType.Money, FactUnit.Currency,
        "harga satuan", "unit price", "Harga satu barang.", "The price of one piece.");

    /// <summary>The amount of a line.</summary>
    public static readonly Field LineTotal = Add("line.total", FactType.Money, FactUnit.Currency,
        "jumlah harga", "line total", "Jumlah harga baris setelah diskon baris.", "The amount of the line after its discounts.");

    /// <summary>The amount of a line before any rule.</summary>
    public static readonly Field LineSubtotal = Add("line.subtotal", FactType.Money, FactUnit.Currency,
        "harga awal", "line subtotal", "Jumlah harga baris sebelum diskon apa pun.", "The amount of the line before any discount.");

    /// <summary>Whether a line was given as a reward.</summary>
    public static readonly Field LineIsReward = Add("line.is_reward", FactType.Flag, FactUnit.None,
        "merupakan hadiah", "is a reward", "Apakah baris ini hadiah.", "Whether the line was given as a reward.");

    /// <summary>The tags of a line.</summary>
    public static readonly Field LineTag = Add("line.tag", FactType.TextList, FactUnit.None,
        "label", "tag", "Label produk.", "The tags of the product.");

    /// <summary>The tier.</summary>
    public static readonly Field CustomerTier = Add("customer.tier", FactType.Text, FactUnit.None,
        "tingkat Anda", "your tier", "Kode tingkat keanggotaan.", "The code of the membership tier.");

    /// <summary>The segments.</summary>
    public static readonly Field CustomerSegments = Add("customer.segments", FactType.TextList, FactUnit.None,
        "kelompok Anda", "your group", "Kode segmen pelanggan.", "The codes of the customer's segments.");

    /// <summary>The day of joining.</summary>
    public static readonly Field CustomerJoined = Add("customer.joined", FactType.Date, FactUnit.None,
        "tanggal bergabung", "joining date", "Hari bergabung.", "The day of joining.");

    /// <summary>The day of birth.</summary>
    public static readonly Field CustomerBirthday = Add("customer.birthday", FactType.Date, FactUnit.None,
        "ulang tahun Anda", "your birthday", "Tanggal lahir; \"today is\" membandingkan hari dan bulan.", "The day of birth; \"today is\" compares day and month.");

    /// <summary>The age group.</summary>
    public static readonly Field CustomerAgeGroup = Add("customer.age_group", FactType.Text, FactUnit.None,
        "kelompok usia", "age group", "Kelompok usia, misalnya 25-34.", "The age group, such as 25-34.");

    /// <summary>The language of the customer.</summary>
    public static readonly Field CustomerLanguage = Add("customer.language", FactType.Text, FactUnit.None,
        "bahasa", "language", "Bahasa pilihan: id atau en.", "The chosen language: id or en.");

    /// <summary>The city.</summary>
    public static readonly Field CustomerCity = Add("customer.city", FactType.Text, FactUnit.None,
        "kota", "city", "Kota pada alamat.", "The city of the address.");

    /// <summary>The interests.</summary>
    public static readonly Field CustomerInterests = Add("customer.interests", FactType.TextList, FactUnit.None,
        "minat", "interest", "Kode minat.", "The codes of the interests.");

    /// <summary>Whether the customer buys for a company.</summary>
    public static readonly Field CustomerCompany = Add("customer.company", FactType.Flag, FactUnit.None,
        "pelanggan bisnis", "a business customer", "Apakah data perusahaan telah diberikan.", "Whether company data were given.");

    /// <summary>Whether nothing was bought before.</summary>
    public static readonly Field CustomerFirstPurchase = Add("customer.first_purchase", FactType.Flag, FactUnit.None,
        "pembelian pertama", "the first purchase", "Apakah belum ada pembelian sebelum kejadian ini.", "Whether there was no purchase before this event.");

    /// <summary>Points that can be spent, less debt.</summary>
    public static readonly Field PointsAvailable = Add("points.available", FactType.Number, FactUnit.Points,
        "poin tersedia", "points available", "Poin yang bisa dipakai, dikurangi utang poin.", "Points that can be spent, less debt.");

    /// <summary>Points not yet active.</summary>
    public static readonly Field PointsPending = Add("points.pending", FactType.Number, FactUnit.Points,
        "poin tertunda", "points pending", "Poin yang belum aktif.", "Points that are not active yet.");

    /// <summary>The weekday.</summary>
    public static readonly Field NowWeekday = Add("now.weekday", FactType.Text, FactUnit.None,
        "hari", "day", "Hari dalam minggu di zona waktu program.", "The day of the week in the programme's zone.",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    /// <summary>The full hour.</summary>
    public static readonly Field NowHour = Add("now.hour", FactType.Number, FactUnit.Hours,
        "jam", "hour", "Jam 0 sampai 23 di zona waktu program.", "The hour, 0 to 23, in the programme's zone.");

    /// <summary>The day.</summary>
    public static readonly Field NowDate = Add("now.date", FactType.Date, FactUnit.None,
        "tanggal", "date", "Tanggal kejadian di zona waktu program.", "The day of the event in the programme's zone.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ImmutableArray<Field> All { get; } = [.. Known];

    /// <summary>How many fields a line has.</summary>
    public static int LineCount => _lineCount;

    /// <summary>How many fields lie outside lines.</summary>
    internal static int OtherCount => _otherCount;

    private static Field Add(string name, FactType type, FactUnit unit, string labelId, string labelEn, string id, string en, params ImmutableArray<string> choices)
    {
        var isLine = name.StartsWith("line.", StringComparison.Ordinal);
        var field = new Field(name, type, unit, isLine, isLine ? _lineCount++ : _otherCount++, new(labelId, labelEn), new(id, en), choices);
        Known.Add(field);
        return field;
    }
}
