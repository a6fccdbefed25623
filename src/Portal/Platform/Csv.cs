using System.Globalization;
using System.Text;

namespace Portal.Platform;

/// <summary>Writes lines of comma-separated values (RFC 4180) that a spreadsheet can open without running anything.</summary>
public static class Csv
{
    public static void Line(StringBuilder into, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                into.Append(',');
            into.Append(Cell(cells[i] ?? ""));
        }
        into.Append("\r\n");
    }

    private static string Cell(string value)
    {
        // A text that begins like a formula would be run by the spreadsheet; a number may begin with a minus.
        if (value.Length > 0 && "=+-@\t\r".Contains(value[0]) && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
