using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Benchmarks.Rules;

/// <summary>The rules as a person would write them in C#: one <c>if</c> each, on integers or on the texts as they arrive.</summary>
public static class GeneratedRules
{
    /// <summary>Longer methods are not optimised by the runtime.</summary>
    private const int RulesPerMethod = 25;

    public static Action<EncodedPurchase, Checksum> OnIntegers(BenchmarkRule[] rules) =>
        Compile<EncodedPurchase>(rules, IntegerTest, """
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            static long Sum(int[] keys, int key, int[] values) { long sum = 0; for (var i = 0; i < keys.Length; i++) if (keys[i] == key) sum += values[i]; return sum; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            static long Sum(int[] keys, int key, long[] values) { long sum = 0; for (var i = 0; i < keys.Length; i++) if (keys[i] == key) sum += values[i]; return sum; }
            """);

    public static Action<PurchaseEvent, Checksum> OnTexts(BenchmarkRule[] rules) =>
        Compile<PurchaseEvent>(rules, TextTest, """
            static bool Any(EventLine[] lines, string a, string b, string c) { foreach (var l in lines) if (l.Category == a || l.Category == b || l.Category == c) return true; return false; }
            static decimal Spend(EventLine[] lines, string category) { var sum = 0m; foreach (var l in lines) if (l.Category == category) sum += l.Total; return sum; }
            static int OfSku(EventLine[] lines, string sku) { var sum = 0; foreach (var l in lines) if (l.Sku == sku) sum += l.Quantity; return sum; }
            static int OfBrand(EventLine[] lines, string brand) { var sum = 0; foreach (var l in lines) if (l.Brand == brand) sum += l.Quantity; return sum; }
            """);

    private static string IntegerTest(BenchmarkRule rule)
    {
        static string Codes(IEnumerable<string> texts, string name) => "(" + string.Join(" || ", texts.Select(t => $"e.{name} == {EncodedPurchase.Code(t)}")) + ")";
        var mask = rule.Categories.Aggregate(0UL, (all, c) => all | 1UL << EncodedPurchase.Code(c)).ToString(CultureInfo.InvariantCulture);
        var (cents, channel) = (rule.AtLeast * 100L, EncodedPurchase.Code(rule.Channel));
        return rule.Shape switch
        {
            RuleShape.TierChannelDay => $"{Codes(rule.Tiers, "Tier")} && e.Channel == {channel} && {Codes(rule.Days, "Day")} && e.Total >= {cents} && (e.Categories & {mask}UL) != 0",
            RuleShape.CategorySpend => $"{Codes(rule.Tiers, "Tier")} && e.Channel == {channel} && Sum(e.Category, {EncodedPurchase.Code(rule.Categories[0])}, e.LineTotal) >= {cents}",
            RuleShape.SkuQuantity => $"Sum(e.Sku, {EncodedPurchase.Code(rule.Key)}, e.Quantity) >= {rule.AtLeast}",
            RuleShape.StoreHours => $"e.Store == {EncodedPurchase.Code(rule.Store)} && {Codes(rule.Days, "Day")} && e.Hour >= {rule.FromHour} && e.Hour < {rule.ToHour}",
            RuleShape.SegmentCategory => $"e.Segment == {EncodedPurchase.Code(rule.Segment)} && e.Total >= {cents} && (e.Categories & {mask}UL) != 0",
            RuleShape.ChannelBrand => $"e.Channel == {channel} && Sum(e.Brand, {EncodedPurchase.Code(rule.Key)}, e.Quantity) >= {rule.AtLeast}",
            _ => $"{Codes(rule.Tiers, "Tier")} && e.Country == {EncodedPurchase.Code(rule.Country)} && e.Total >= {cents}",
        };
    }

    private static string TextTest(BenchmarkRule rule)
    {
        static string Texts(IEnumerable<string> texts, string name) => "(" + string.Join(" || ", texts.Select(t => $"e.{name} == \"{t}\"")) + ")";
        var categories = string.Join(", ", Enumerable.Range(0, 3).Select(i => $"\"{rule.Categories.ElementAtOrDefault(Math.Min(i, rule.Categories.Length - 1))}\""));
        return rule.Shape switch
        {
            RuleShape.TierChannelDay => $"{Texts(rule.Tiers, "Tier")} && e.Channel == \"{rule.Channel}\" && {Texts(rule.Days, "Weekday")} && e.Total >= {rule.AtLeast}m && Any(e.Lines, {categories})",
            RuleShape.CategorySpend => $"{Texts(rule.Tiers, "Tier")} && e.Channel == \"{rule.Channel}\" && Spend(e.Lines, \"{rule.Categories[0]}\") >= {rule.AtLeast}m",
            RuleShape.SkuQuantity => $"OfSku(e.Lines, \"{rule.Key}\") >= {rule.AtLeast}",
            RuleShape.StoreHours => $"e.Store == \"{rule.Store}\" && {Texts(rule.Days, "Weekday")} && e.Hour >= {rule.FromHour} && e.Hour < {rule.ToHour}",
            RuleShape.SegmentCategory => $"e.Segment == \"{rule.Segment}\" && e.Total >= {rule.AtLeast}m && Any(e.Lines, {categories})",
            RuleShape.ChannelBrand => $"e.Channel == \"{rule.Channel}\" && OfBrand(e.Lines, \"{rule.Key}\") >= {rule.AtLeast}",
            _ => $"{Texts(rule.Tiers, "Tier")} && e.Country == \"{rule.Country}\" && e.Total >= {rule.AtLeast}m",
        };
    }

    private static Action<T, Checksum> Compile<T>(BenchmarkRule[] rules, Func<BenchmarkRule, string> test, string helpers)
    {
        var code = new StringBuilder("using Benchmarks.Rules;\npublic static class Generated\n{\n").AppendLine(helpers);
        var parts = rules.Chunk(RulesPerMethod).ToArray();
        code.AppendLine($"public static void Run({typeof(T).Name} e, Checksum sum) {{ {string.Concat(parts.Select((_, i) => $"Part{i}(e, sum); "))} }}");
        for (var part = 0; part < parts.Length; part++)
        {
            // Optimised from the first call: the runtime would otherwise still be busy with that while it is being measured.
            code.AppendLine("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
            code.AppendLine($"static void Part{part}({typeof(T).Name} e, Checksum sum) {{");
            for (var i = 0; i < parts[part].Length; i++) code.AppendLine($"if ({test(parts[part][i])}) sum.Add({part * RulesPerMethod + i});");
            code.AppendLine("}");
        }
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("Generated", [CSharpSyntaxTree.ParseText(code.Append('}').ToString())], references,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success) throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Take(5)));
        return Assembly.Load(image.ToArray()).GetType("Generated")!.GetMethod("Run")!.CreateDelegate<Action<T, Checksum>>();
    }
}
