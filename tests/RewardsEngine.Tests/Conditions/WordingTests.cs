using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Wording;
using RewardsEngine.Values;
using static RewardsEngine.Tests.Conditions.Say;

namespace RewardsEngine.Tests.Conditions;

public class WordingTests
{
    [Theory]
    [InlineData("", "tanpa syarat", "no condition")]
    [InlineData("order.total >= 250000 and any line (category in [\"coffee\"])", "pembelian minimal Rp250.000 dan ada produk kategori coffee", "order total at least Rp250,000 and at least one product in category coffee")]
    [InlineData("customer.tier in [\"gold\", \"silver\", \"bronze\"]", "tingkat Anda gold, silver, atau bronze", "your tier is gold, silver or bronze")]
    [InlineData("order.total > 5 and order.quantity <= 3 and not customer.tier = \"gold\"", "pembelian lebih dari Rp5, jumlah barang maksimal 3, dan tingkat Anda bukan gold", "order total more than Rp5, number of items at most 3 and your tier is not gold")]
    [InlineData("(order.total > 5 or order.quantity > 3) and customer.company = true", "(pembelian lebih dari Rp5 atau jumlah barang lebih dari 3) dan pelanggan bisnis", "(order total more than Rp5 or number of items more than 3) and a business customer")]
    [InlineData("not (order.total > 5 and order.quantity > 3)", "pembelian maksimal Rp5 atau jumlah barang maksimal 3", "order total at most Rp5 or number of items at most 3")]
    [InlineData("now.weekday in [\"saturday\", \"sunday\"] and now.hour between 7 and 10", "hari Sabtu atau Minggu dan pukul 07.00 sampai 10.59", "on Saturday or Sunday and between 07:00 and 10:59")]
    [InlineData("now.hour >= 7 and now.hour < 10", "mulai pukul 07.00 dan sebelum pukul 10.00", "from 07:00 and before 10:00")]
    [InlineData("today is customer.birthday", "hari ini ulang tahun Anda", "today is your birthday")]
    [InlineData("today is in 2026-12-20 .. 2026-12-31", "20 Desember 2026 sampai 31 Desember 2026", "20 December 2026 to 31 December 2026")]
    [InlineData("customer.joined >= 6 months", "tanggal bergabung paling sedikit 6 bulan yang lalu", "joining date at least 6 months ago")]
    [InlineData("purchases.last(30 days).count >= 3", "banyaknya pembelian dalam 30 hari terakhir minimal 3", "number of purchases in the last 30 days at least 3")]
    [InlineData("sum(total where category in [\"coffee\"]) >= 50000", "pembelian produk kategori coffee minimal Rp50.000", "spend on products in category coffee at least Rp50,000")]
    [InlineData("sum(quantity where sku = \"A1\") >= 2", "banyaknya produk kode produk A1 minimal 2", "quantity of products of product code A1 at least 2")]
    [InlineData("no line (brand = \"X\") and all line (unit_price >= 1000)", "tanpa produk merek X dan semua produk dengan harga satuan minimal Rp1.000", "no product of brand X and all products with unit price at least Rp1,000")]
    [InlineData("customer.consent.email = true and customer.first_purchase = false", "persetujuan email diberikan dan bukan pembelian pertama", "consent to email given and not the first purchase")]
    public void A_condition_is_said_in_plain_words(string text, string id, string en)
    {
        Assert.Equal(id, Condition(text).Describe("id"));
        Assert.Equal(en, Condition(text).Describe("en"));
    }

    [Fact]
    public void Codes_get_their_display_names()
    {
        var text = Condition("customer.tier = \"gold\" and any line (category in [\"coffee\"])").Describe("id", (field, code) => (field.Name, code) switch
        {
            ("customer.tier", "gold") => "Emas",
            ("line.category", "coffee") => "Kopi",
            _ => null,
        });
        Assert.Equal("tingkat Anda Emas dan ada produk kategori Kopi", text);
    }

    [Theory]
    [InlineData("IDR", 250_000, "Rp250.000", "Rp250,000")]
    [InlineData("GBP", 1250.5, "£1.250,50", "£1,250.50")]
    [InlineData("USD", -3, "-$3", "-$3")]
    [InlineData("SGD", 12, "SGD\u00a012", "SGD\u00a012")]
    public void Amounts_are_written_with_their_currency(string code, decimal amount, string id, string en)
    {
        Assert.Equal(id, new FactText("id", Currency.Of(code)).Money(amount));
        Assert.Equal(en, new FactText("en", Currency.Of(code)).Money(amount));
    }
}
